internal import COpenVINO
internal import PenstockCore

extension OpenVINOEngine {
    package var devices: [EngineDevice] {
        get throws(PenstockError) {
            try EngineActivity.during(kind) { () throws(PenstockError) in
                try deviceNames().map { name in
                    EngineDevice(
                        name: name,
                        description: property("FULL_DEVICE_NAME", of: name)?.trimmingSpaces ?? "",
                        precisions: precisions(of: name)
                    )
                }
            }
        }
    }

    /// The names of the devices that this installation can use.
    func deviceNames() throws(PenstockError) -> [String] {
        var list = unsafe ov_available_devices()
        // The names are copied before the library frees them.
        let status = unsafe library.functions.core_get_available_devices(core, &list)
        try library.check(status, .engineBroken, at: .configure, "OpenVINO would not list its devices")
        defer { unsafe library.functions.available_devices_free(&list) }
        return unsafe (0..<list.size).map { unsafe String(cString: list.devices[$0]!) }
    }

    /// What the library calls each arithmetic.
    private static let capabilities: [(word: Substring, precision: Precision)] = [
        ("FP32", .f32), ("BF16", .bf16), ("FP16", .f16),
    ]

    private func precisions(of device: String) -> [Precision] {
        let words = property("OPTIMIZATION_CAPABILITIES", of: device)?.split(whereSeparator: { " ,[]".contains($0) })
        return Self.capabilities.filter { words?.contains($0.word) ?? false }.map(\.precision)
    }

    private func property(_ key: String, of device: String) -> String? {
        var value: UnsafeMutablePointer<CChar>?
        // The string is copied, then given back to the library.
        guard unsafe library.functions.core_get_property(core, device, key, &value) == 0, let value = unsafe value
        else {
            return nil
        }
        defer { unsafe library.functions.free(value) }
        return unsafe String(cString: value)
    }
}

extension String {
    /// The text without the spaces around it, which processors' names are padded with.
    fileprivate var trimmingSpaces: String {
        String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
}
