import C8Platform
import Testing

@testable import C8RunCLI

@Suite struct JobTermsTests {
    private func terms(_ options: [String]) throws -> JobTerms {
        guard case .run(let arguments) = try CommandLineReader.standard.read(options + ["x.lua"]) else {
            throw JobTermsError("are of no run")
        }
        return JobTerms(arguments, grants: arguments.grants) { $0.hasPrefix("/") ? $0 : "/jobs/\($0)" }
    }

    @Test(
        arguments: [
            ([], #"{"version":1}"#),
            (["-A"], #"{"version":1,"allow":{"read":true,"write":true,"net":true,"env":true,"token":true}}"#),
            (
                ["--allow-read=b,/a,b", "--deny-read=b/c"],
                #"{"version":1,"allow":{"read":["/a","/jobs/b"]},"deny":{"read":["/jobs/b/c"]}}"#
            ),
            (
                ["--allow-net", "--allow-net=10.0.0.1:80"],
                #"{"version":1,"allow":{"net":{"all":true,"names":["10.0.0.1:80"]}}}"#
            ),
            (
                ["--timeout", "1.5s", "--max-memory", "1MiB", "--max-instructions", "7", "--max-output", "9"],
                #"{"version":1,"limits":{"memory":1048576,"timeout_us":1500000,"instructions":7,"output":9}}"#
            ),
        ] as [([String], String)])
    func optionsBecomeOneText(_ options: [String], _ text: String) throws {
        let terms = try terms(options)
        #expect(try terms.text == text)
        #expect(try JobTerms(text: text).text == text)
    }

    @Test func orderAndRepetitionMakeNoDifference() throws {
        let first = try terms(["--allow-env=B,A", "--allow-read=x"])
        let second = try terms(["--allow-read=/jobs/x,x", "--allow-env=A", "--allow-env=B"])
        #expect(try first.text == second.text)
    }

    @Test(
        arguments: [
            ("", "no JSON object"), ("[]", "no JSON object"), ("{}", "no version"), (#"{"version":2}"#, "update"),
            (#"{"version":0}"#, "never was"), (#"{"version":1,"x":1}"#, "does not know"),
            (#"{"version":1,"deny":{"token":true}}"#, "does not know"),
            (#"{"version":1,"allow":{"read":false}}"#, "no list"), (#"{"version":1,"allow":{"read":[1]}}"#, "no name"),
            (#"{"version":1,"allow":{"net":["a b"]}}"#, "host"), (#"{"version":1,"allow":[]}"#, "no object"),
            (#"{"version":1,"allow":{"token":1}}"#, "boolean"), (#"{"version":1,"limits":{"memory":0}}"#, "from 1"),
        ])
    func whatIsNotUnderstoodIsRefused(_ text: String, _ problem: String) {
        let error = #expect(throws: JobTermsError.self) { _ = try JobTerms(text: text) }
        let words = problem == "no JSON object" ? "not a JSON object" : problem
        #expect(error?.description.contains(words) == true, "\(String(describing: error))")
    }
}
