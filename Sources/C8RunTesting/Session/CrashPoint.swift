import C8Flow

/// Where a flow is to be killed.
struct CrashPoint: Sendable, Hashable {
    /// A moment in a step's life.
    enum Moment: String, Sendable, CaseIterable {
        /// It is about to begin.
        case before
        /// What it wrote has taken place, and its result is not kept yet.
        case after
        /// Its result has been kept.
        case done
    }

    let moment: Moment
    /// The step's name, or its whole key where steps are nested or repeated: `pack/label#2`.
    let step: String

    /// - Throws: ``TestMisuse`` where the options do not name exactly one moment.
    init(_ options: TestOptions) throws(TestMisuse) {
        var found: [CrashPoint] = []
        for moment in Moment.allCases {
            if let step = try options.text(moment.rawValue) { found.append(CrashPoint(moment: moment, step: step)) }
        }
        guard let point = found.first, found.count == 1 else {
            throw TestMisuse(
                "\(options.function) wants one of before, after and done with the name of a step, as in {after = \"create\"}"
            )
        }
        self = point
    }

    init(moment: Moment, step: String) {
        self.moment = moment
        self.step = step
    }

    func isAt(_ key: StepKey, _ moment: Moment) -> Bool {
        self.moment == moment && (key.text == step || key.components.last?.name.text == step)
    }
}
