import C8Postgres
import C8Store

extension Doctor {
    /// What is wrong inside the state folder of this configuration; nothing where that is sound, or told already.
    func stateContent() async -> [DoctorCheck] {
        guard let layers = try? loader.load(request, warn: { _ in }), let state = try? layers.state() else { return [] }
        switch state {
        case .folder(let path): return await Self.stateContent(path)
        case .database(let url, let password):
            let secrets = SecretReader(environment: loader.folders.environment, warn: { _ in })
            return [await Self.database(PostgresSettings(url, password: password, secrets: secrets))]
        }
    }

    /// Whether the database that keeps the state can be used. Changes nothing in it.
    private static func database(_ settings: PostgresSettings) async -> DoctorCheck {
        do {
            let status = try await PostgresState.status(settings)
            let text = "\(status.place), version \(status.server)"
            guard status.version > 0 else {
                return DoctorCheck(name: "state", verdict: .ok, text: "\(text); tables are made with the first call")
            }
            guard status.version == PostgresSchema.newest else {
                return DoctorCheck(
                    name: "state", verdict: .fail,
                    text: "\(text): its tables are of version \(status.version), not \(PostgresSchema.newest)",
                    remedy: status.version < PostgresSchema.newest ? "c8run state migrate" : RemedyMessage.update.text)
            }
            return DoctorCheck(name: "state", verdict: .ok, text: text)
        } catch let error as PostgresError {
            return DoctorCheck(
                name: "state", verdict: .fail, text: "\(error.place): \(error.problem)", remedy: error.remedy)
        } catch {
            return DoctorCheck(name: "state", verdict: .fail, text: "\(error)")
        }
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
