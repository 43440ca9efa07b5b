/**
 * Runs in the page: whether these words lie in anything that the browser keeps for this origin. It asks the browser
 * itself and knows nothing of the library.
 */
export async function holdsWords(words: string): Promise<boolean> {
  const resultOf = <Result>(request: IDBRequest<Result>): Promise<Result> =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result)
      request.onerror = () => reject(request.error)
    })
  const texts = [localStorage, sessionStorage].map((storage) => JSON.stringify(storage))
  for (const { name = '' } of await indexedDB.databases()) {
    const database = await resultOf(indexedDB.open(name))
    for (const store of database.objectStoreNames) {
      const rows = await resultOf(database.transaction(store).objectStore(store).getAll())
      texts.push(JSON.stringify(rows))
    }
    database.close()
  }
  return texts.some((text) => text.includes(words))
}
