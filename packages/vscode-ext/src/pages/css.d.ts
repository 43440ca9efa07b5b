/** The bundler turns an imported style sheet into the page's one `.css` file. */
declare module '*.css'
