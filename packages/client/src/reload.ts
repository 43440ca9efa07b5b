/** For answers that outlive a reload of the page. */
export { type PickUpOptions, pickUpAfterReload } from './run/pick-up.ts'
