import C8Store

extension Doctor {
    /// What is wrong inside the state folder of this configuration; nothing where that is sound, or told already.
    func stateContent() async -> [DoctorCheck] {
        guard let layers = try? loader.load(request, warn: { _ in }), let state = try? layers.state(),
            case .folder(let path) = state
        else { return [] }
        return await Self.stateContent(path)
    }

    /// What is wrong with the state in this folder. Mends nothing.
    static func stateContent(_ path: String) async -> [DoctorCheck] {
        await StateStore.inspect(folder: path).map { problem in
            DoctorCheck(
                name: "state", verdict: verdict(problem.kind), text: "\(problem.path): \(problem.problem)",
                remedy: AdviceMessage.within(problem.remedy) ?? problem.remedy)
        }
    }

    /// Runs go on without a state, each with a token of its own; but those two pass by themselves.
    private static func verdict(_ kind: StateStoreError.Kind) -> DoctorCheck.Verdict {
        switch kind {
        case .locked, .damaged: .warn
        case .readOnly, .full, .foreign, .newer, .unusable: .fail
        }
    }
}
