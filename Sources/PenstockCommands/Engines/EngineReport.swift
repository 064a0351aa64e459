internal import Penstock
internal import PenstockCore
internal import PenstockInference

/// Puts what there is of an engine in words, or in JSON.
struct EngineReport {
    private let inspection: EngineInspection

    init(_ inspection: EngineInspection) {
        self.inspection = inspection
    }

    /// Whether the engine can be used.
    var isReady: Bool { if case .ready = inspection.state { true } else { false } }

    func text(_ format: ReportFormat) -> String {
        format == .json ? json : plain
    }

    private var kind: EngineKind { inspection.kind }

    private var formats: [String] { kind.formats.map(\.rawValue) }

    /// The libraries that are in use and beside it, where there are any.
    private var installation: EngineInspection.Installation? {
        if case .ready(let installation) = inspection.state { installation } else { nil }
    }
}

// MARK: - For people

extension EngineReport {
    private var plain: String {
        let rows = [("engine", kind.rawValue)] + facts + [("reads", formats.joined(separator: ", "))]
        return Columns.text(rows.map { [VisibleText.escaped($0.0), VisibleText.escaped($0.1)] })
    }

    private var facts: [(String, String)] {
        switch inspection.state {
        case .ready(let installation):
            [("version", "\(kind.product) \(installation.version)"), ("library", installation.path.description)]
                + installation.others.map { ("also at", $0.description) }
                + installation.devices.map { ("device", Self.words($0)) }
        case .broken(let error): [("broken", error.message)]
        case .absent: [("missing", "\(kind.installation) in Penstock's folder, or pip install \(kind.package)")]
        }
    }

    private static func words(_ device: EngineDevice) -> String {
        let precisions = device.precisions.map(\.rawValue).joined(separator: ", ")
        return [device.name, device.description, precisions].filter { !$0.isEmpty }.joined(separator: "  ")
    }
}

// MARK: - For programs

extension EngineReport {
    private var json: String {
        OrderedJSON.object(
            [
                JSONMember("engine", .text(kind.rawValue)),
                JSONMember("name", .text(kind.product)),
                JSONMember("state", .text(state)),
            ] + members + [
                JSONMember("formats", .array(formats.map { .text($0) })),
                JSONMember("install", .text(kind.installation)),
            ]
        ).line
    }

    private var state: String {
        switch inspection.state {
        case .ready: "ready"
        case .broken: "broken"
        case .absent: "missing"
        }
    }

    private var members: [JSONMember] {
        if case .broken(let error) = inspection.state { return [JSONMember("error", .text(error.message))] }
        guard let installation else { return [] }
        return [
            JSONMember("version", .text(installation.version)),
            JSONMember("library", .text(installation.path.description)),
            JSONMember("alsoAt", .array(installation.others.map { .text($0.description) })),
            JSONMember("devices", .array(installation.devices.map(Self.value))),
        ]
    }

    private static func value(_ device: EngineDevice) -> OrderedJSON {
        .object([
            JSONMember("name", .text(device.name)),
            JSONMember("description", .text(device.description)),
            JSONMember("precisions", .array(device.precisions.map { .text($0.rawValue) })),
        ])
    }
}
