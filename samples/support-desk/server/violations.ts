import { z } from 'zod'

const retry = z.object({ violations: z.array(z.string()) })

/** The paths at which the browser found the answer before wrong; none in a first try. */
export async function violationsIn(request: Request): Promise<readonly string[]> {
  const body: unknown = await request.json().catch(() => null)
  const { success, data } = retry.safeParse(body)
  return success ? data.violations : []
}
