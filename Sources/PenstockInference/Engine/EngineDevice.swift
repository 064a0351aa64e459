/// A device that an engine can run models on.
package struct EngineDevice: Hashable, Sendable {
    /// The name that `--device` takes.
    package var name: String
    /// What the device is, such as the processor's name; empty where the engine does not say.
    package var description: String
    /// The arithmetic that may be asked for.
    package var precisions: [Precision]

    /// Makes a device.
    package init(name: String, description: String = "", precisions: [Precision]) {
        self.name = name
        self.description = description
        self.precisions = precisions
    }
}
