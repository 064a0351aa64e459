/// The sizes that bound a flow.
package struct FlowConfiguration: Hashable, Sendable {
    /// Threads that load.
    package var workers: Int
    /// Places in a batch.
    package var batchCapacity: Int
    /// How long a batch may wait for company; `nil` offline.
    package var maxWait: Duration?
    /// Items that may be under way between being claimed and being taken.
    package var window: Int
    /// Whether values come in the order of their items.
    package var isOrdered: Bool
    /// Elements that may wait between the source and the loaders.
    package var queueCapacity: Int

    /// Elements that may wait unless something else is said.
    package static let usualQueue = 64

    /// Makes a configuration.
    package init(
        workers: Int,
        batchCapacity: Int,
        maxWait: Duration? = nil,
        window: Int,
        isOrdered: Bool = true,
        queueCapacity: Int = Self.usualQueue
    ) {
        self.workers = workers
        self.batchCapacity = batchCapacity
        self.maxWait = maxWait
        self.window = window
        self.isOrdered = isOrdered
        self.queueCapacity = queueCapacity
    }
}
