package import Penstock
internal import PenstockCore

/// What the command line says is done to each picture.
package struct OperationFlags: Sendable {
    /// The operations, in the order in which they were given.
    package var operations: [PictureOperation] = []
    /// The same as words, to tell whether a job that goes on still does the same.
    package var words: [String] = []

    /// Reads the options that `descriptions` describes.
    ///
    /// - Throws: Also when a setting is given that nothing makes use of.
    package init(_ arguments: ParsedArguments) throws(UsageError) {
        let settings = try OperationSettings(arguments)
        for occurrence in arguments.occurrences {
            guard let operation = try Self.operation(occurrence, settings) else { continue }
            operations.append(operation)
            words.append("--" + [occurrence.name, occurrence.value?.text].compactMap { $0 }.joined(separator: " "))
        }
        try settings.check(operations)
        words.append(settings.description)
    }

    private static func operation(
        _ given: OptionOccurrence,
        _ settings: OperationSettings
    ) throws(UsageError) -> PictureOperation? {
        let value = OperationValue(name: given.name, text: given.value?.text ?? "")
        switch given.name {
        case "gray": return .gray
        case "resize": return .resize(settings.resizing(try value.target()))
        case "crop": return .crop(try value.cropping())
        case "rotate": return .rotate(degrees: try value.number("degrees, clockwise", in: -360...360))
        case "flip": return .flip(try value.axis())
        case "blur": return .pixels(.blur(radius: try value.number("a standard deviation in pixels", in: 0...1000)))
        case "brightness": return .pixels(.brightness(try value.factor()))
        case "contrast": return .pixels(.contrast(try value.factor()))
        case "saturation": return .pixels(.saturation(try value.factor()))
        case "pad": return .pixels(.pad(settings.padding(try value.amount())))
        case "filter": return .filter(try value.graph())
        default: return nil
        }
    }
}
