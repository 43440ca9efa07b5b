/** The page's shape while its run is being fetched: the size of what it stands for. */
export function Skeleton() {
  return (
    <div className="skeleton" role="status" aria-label="Loading the run">
      <h1 className="heard-only">Loading the run</h1>
      <div className="bone bone-title" />
      <div className="bone bone-story" />
      <div className="bone bone-meta" />
      <div className="key-figures">
        {['first token', 'complete', 'attempts', 'cause', 'answer'].map((figure) => (
          <div key={figure} className="key-figure">
            <div className="bone bone-figure" />
          </div>
        ))}
      </div>
      <div className="bone bone-heading" />
      <div className="bone bone-waterfall" />
    </div>
  )
}
