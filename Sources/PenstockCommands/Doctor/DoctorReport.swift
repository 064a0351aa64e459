internal import Penstock
internal import PenstockCore
internal import PenstockInference

/// Puts a diagnosis in words, or in JSON.
struct DoctorReport {
    let diagnosis: Diagnosis
    let doctor: Doctor
    let options: DoctorOptions

    init(_ diagnosis: Diagnosis, _ doctor: Doctor, _ options: DoctorOptions) {
        self.diagnosis = diagnosis
        self.doctor = doctor
        self.options = options
    }

    var text: String { options.format == .json ? json : plain }

    private var plain: String {
        let advice = diagnosis.advice(for: options).map { [$0] } ?? []
        let paragraphs =
            [head, declared, DoctorWords(diagnosis).verdict] + advice + [table(shown, "candidate")]
            + (diagnosis.fits.isEmpty ? [] : [table(diagnosis.fits, "with another fit")])
        return paragraphs.joined(separator: "\n\n").trimmingEnd + "\n"
    }

    private var head: String {
        let pictures = diagnosis.pictures
        let of = pictures.drawn < pictures.found ? ", \(pictures.drawn) of \(pictures.found) inputs" : ""
        let failed = pictures.failed > 0 ? "; \(pictures.failed) could not be read" : ""
        let known = pictures.labelled == 0 ? "none says" : "\(pictures.labelled) say"
        return Columns.text(
            [
                ["model", doctor.session.model.named.description],
                ["engine", doctor.session.engine],
                ["pictures", "\(pictures.count)\(of)\(failed); \(known) by name what it shows"],
            ].map { $0.map(VisibleText.escaped) }
        ).trimmingEnd
    }

    private var declared: String {
        let fields = ["size", "fit", "filter", "color", "normalization"]
        let rows = diagnosis.origins.filter { fields.contains($0.field) }.map { origin in
            let value = origin.field == "normalization" && !origin.isDeclared ? "not known" : origin.value
            return [origin.field, value, origin.source].map(VisibleText.escaped)
        }
        return Columns.text([["declared", "value", "from"]] + rows).trimmingEnd
    }
}

extension DoctorReport {
    /// The best, and what is declared and recommended always.
    private var shown: [Diagnosis.Finding] {
        diagnosis.findings.enumerated().filter { place, finding in
            place < options.top || finding.candidate.isDeclared || isRecommended(finding)
        }.map(\.element)
    }

    private func isRecommended(_ finding: Diagnosis.Finding) -> Bool {
        diagnosis.recommended?.preprocessing == finding.candidate.preprocessing
    }

    private func table(_ findings: [Diagnosis.Finding], _ title: String) -> String {
        let usesLabels = diagnosis.pictures.labelled > 0
        let head = [title] + (usesLabels ? ["right"] : []) + ["recognised", "sure", "entropy", "steady", "classes", ""]
        let rows = findings.map { finding in
            [finding.candidate.description]
                + (usesLabels ? ["\(finding.rightCount) of \(diagnosis.pictures.labelled)"] : [])
                + [finding.recognition, finding.confidence, finding.entropy, finding.steadiness]
                .map { DecimalText.fixed($0, 2) }
                + ["\(finding.distinctClasses)", note(on: finding)]
        }
        return Columns.text([head] + rows).trimmingEnd
    }

    private func note(on finding: Diagnosis.Finding) -> String {
        let marks = [
            finding.candidate.isDeclared ? "declared" : nil,
            isRecommended(finding) ? "recommended" : nil,
            finding.standing.isWorse ? "worse" : nil,
        ]
        return marks.compactMap(\.self).joined(separator: ", ")
    }
}

extension Diagnosis {
    /// What to do.
    func advice(for options: DoctorOptions) -> String? {
        guard callsForChange, let recommended else { return nil }
        let write = options.writes ? "" : "\nor save it beside the model: add --write to this command."
        guard let flags = recommended.flags else {
            return options.writes ? nil : "Save it beside the model: add --write to this command."
        }
        return "Say   \(flags)\(write)"
    }
}

extension String {
    /// The text without blanks and line ends at its end.
    var trimmingEnd: String {
        var text = Substring(self)
        while let last = text.last, last.isWhitespace { text.removeLast() }
        return String(text)
    }
}
