package import PenstockCore

/// What a flow does with its items; the flow decides when, where and in which order.
package protocol FlowStages<Item, Value>: Sendable {
    /// What the source delivers.
    associatedtype Item: Sendable
    /// What is known of an item once its slot is filled, kept until its batch has run.
    associatedtype Loaded: Sendable
    /// What the consumer takes.
    associatedtype Value: FlowValue
    /// What lends a batch its memory.
    associatedtype Lease: Hashable & Sendable
    /// What a loader thread keeps from item to item; it never leaves its thread.
    associatedtype Loader

    /// Makes a thread's loader, on that thread.
    func makeLoader() -> Loader

    /// Fills the item's place in the batch, or says why it could not. Called on a loader thread; may block.
    func load(_ item: Item, into lease: Lease, at position: Int, with loader: Loader) -> LoadOutcome<Loaded, Value>

    /// Starts the first `count` places of a batch without waiting for them; calls `whenDone` once, when they have run or
    /// could not be started, on any thread including this one, with the reason if they failed.
    func run(_ lease: Lease, count: Int, whenDone: @escaping @Sendable (PenstockError?) -> Void)

    /// Makes the value of an item whose batch has run. The lease is given back when every item's value is made.
    func value(of loaded: Loaded, from lease: Lease, at position: Int, failure: PenstockError?) -> Value
}

/// What the consumer of a flow takes.
package protocol FlowValue: Sendable {
    /// How the item ended.
    var ending: ItemEnding { get }
}

/// How an item ended.
package enum ItemEnding: Hashable, Sendable {
    /// In a result.
    case done
    /// In an error.
    case failed
    /// In nothing: it was given up.
    case dropped(Accounting.DropReason)
    /// Not at all: the value is no item, but tells of something that happened between items. No account has it.
    case notice
}

/// How loading an item ended.
package enum LoadOutcome<Loaded: Sendable, Value: Sendable>: Sendable {
    /// Its slot is filled.
    case filled(Loaded)
    /// It failed; this is its result.
    case failed(Value)
}

/// What a source delivers.
package enum SourceElement<Item: Sendable, Value: Sendable>: Sendable {
    /// Something to load.
    case item(Item)
    /// Something that needs no loading: it failed before that, its result is known already, or it is a notice.
    case value(Value)
}

extension SourceElement where Value: FlowValue {
    /// Whether the element counts as an item.
    var isItem: Bool {
        if case .value(let value) = self, value.ending == .notice { false } else { true }
    }
}
