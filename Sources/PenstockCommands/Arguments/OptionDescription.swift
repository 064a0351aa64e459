/// One option of a command: parsing, help and completions all read it, so none can know an option that another does not.
package struct OptionDescription: Hashable, Sendable {
    /// The name without its dashes.
    package let name: String
    /// A letter or digit that stands for it after a single dash.
    package let short: Character?
    /// What follows the option; `nil` for a flag.
    package let value: OptionValue?
    /// The heading it stands under in the help.
    package let section: OptionSection
    /// What it does, in a sentence or two.
    package let help: String
    /// What holds when it is left out, as the help says it.
    package let defaultText: String?
    /// Whether the command cannot do without it.
    package let isRequired: Bool
    /// Whether it may be given several times, each of which counts.
    package let isRepeatable: Bool

    /// Describes an option that takes a value.
    package init(
        _ name: String,
        _ value: OptionValue,
        in section: OptionSection,
        default defaultText: String? = nil,
        isRequired: Bool = false,
        isRepeatable: Bool = false,
        help: String
    ) {
        self.name = name
        self.short = nil
        self.value = value
        self.section = section
        self.help = help
        self.defaultText = defaultText
        self.isRequired = isRequired
        self.isRepeatable = isRepeatable
    }

    /// Describes an option that is given or not.
    package init(
        flag name: String,
        short: Character? = nil,
        in section: OptionSection,
        isRepeatable: Bool = false,
        help: String
    ) {
        self.name = name
        self.short = short
        self.value = nil
        self.section = section
        self.help = help
        self.defaultText = nil
        self.isRequired = false
        self.isRepeatable = isRepeatable
    }
}

extension OptionDescription {
    /// The name as it is typed.
    var spelling: String { "--\(name)" }

    /// What every command understands.
    static let help = OptionDescription(flag: "help", short: "h", in: .other, help: "Show this text.")
}

/// What follows an option.
package struct OptionValue: Hashable, Sendable {
    /// How the help names the value.
    package let placeholder: String
    /// What a shell may offer in its place.
    package let candidates: Candidates
    /// Whether anything but the candidates is refused.
    package let isClosed: Bool

    /// What a shell may offer.
    package enum Candidates: Hashable, Sendable {
        /// Nothing: it is a number or a free text.
        case none
        /// The names of files and folders.
        case files
        /// The names of folders.
        case folders
        /// These words.
        case words([String])
    }

    /// A value of any form, such as a number.
    package static func text(_ placeholder: String) -> Self {
        Self(placeholder: placeholder, candidates: .none, isClosed: false)
    }

    /// A path.
    package static func file(_ placeholder: String) -> Self {
        Self(placeholder: placeholder, candidates: .files, isClosed: false)
    }

    /// The path of a folder.
    package static func folder(_ placeholder: String) -> Self {
        Self(placeholder: placeholder, candidates: .folders, isClosed: false)
    }

    /// One of these words; anything else is refused.
    ///
    /// - Parameter placeholder: How the help calls it, where the words themselves are too many.
    package static func choice(_ words: [String], as placeholder: String? = nil) -> Self {
        Self(placeholder: placeholder ?? words.joined(separator: "|"), candidates: .words(words), isClosed: true)
    }

    /// One of these words, or something else that only the command can judge.
    package static func suggestion(_ placeholder: String, _ words: [String]) -> Self {
        Self(placeholder: placeholder, candidates: .words(words), isClosed: false)
    }
}

extension OptionValue {
    /// The words that may be offered.
    var words: [String] {
        if case .words(let words) = candidates { words } else { [] }
    }
}

/// The headings of the help, in the order in which they are shown.
package enum OptionSection: String, Hashable, Sendable, CaseIterable {
    /// What is read.
    case inputs = "Inputs"
    /// Which frames, and what they mean together.
    case video = "Video"
    /// What arrives over time.
    case live = "Live"
    /// What runs.
    case model = "Model"
    /// How pictures become tensors, against what the model declares.
    case contract = "Contract, over what the model declares"
    /// What is done to pictures.
    case operations = "Operations, in the order given"
    /// What becomes of pictures.
    case output = "Output"
    /// What is written.
    case results = "Results"
    /// How the work is spread.
    case speed = "Speed"
    /// The rest.
    case other = "Other"
}

/// What stands on a command line without dashes.
package struct OperandDescription: Hashable, Sendable {
    /// How the help names it; ends in `…` when there may be several.
    package let placeholder: String
    /// What it may be.
    package let help: String
    /// What a shell may offer.
    package let candidates: OptionValue.Candidates
    /// The fewest that a command can work with.
    package let minimum: Int
    /// The most that it takes; `nil` where there is no limit.
    package let maximum: Int?

    /// Describes operands.
    package init(
        _ placeholder: String,
        help: String,
        candidates: OptionValue.Candidates = .files,
        minimum: Int = 1,
        maximum: Int? = nil
    ) {
        self.placeholder = placeholder
        self.help = help
        self.candidates = candidates
        self.minimum = minimum
        self.maximum = maximum
    }
}
