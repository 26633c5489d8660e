import Testing

@testable import C8RunCLI

@Suite struct ScriptNeedsTests {
    private func needs(_ text: String) throws -> ScriptNeeds? { try ScriptNeeds.read(Array(text.utf8)) }

    @Test(arguments: [
        ("-- needs: --allow-read=inbox,lists --allow-token\nprint(1)", ["--allow-read=inbox,lists", "--allow-token"]),
        (
            "#!/usr/bin/env c8run\n\n-- Copies orders.\n--- needs: --allow-net=erp.example.com:443\n",
            ["--allow-net=erp.example.com:443"]
        ),
        (
            "-- needs: --allow-env\n-- needs: --allow-env=A --allow-write",
            ["--allow-write", "--allow-env", "--allow-env=A"]
        ),
    ])
    func headTellsWhatIsNeeded(text: String, options: [String]) throws {
        #expect(try needs(text)?.options == options)
    }

    @Test(arguments: [
        "", "print(1)", "print(1)\n-- needs: --allow-read", "-- we need more\n", "local s = '-- needs: --allow-all'",
    ])
    func elsewhereNothingIsSaid(text: String) throws { #expect(try needs(text) == nil) }

    @Test(arguments: [
        "-- needs: read", "-- needs: --allow-all", "-- needs: --deny-read=x", "-- needs: --timeout=1",
        "-- needs: --allow-read=a,,b",
        "-- needs: --allow-net=http://x",
    ])
    func whatIsNoGrantIsRefused(text: String) { #expect(throws: UsageError.self) { try needs(text) } }

    @Test(
        arguments: [
            ("--allow-read=inbox/a", ["/w/inbox"], [] as [String], []),
            ("--allow-read=inbox,other", ["/w/inbox"], [], ["--allow-read=other"]),
            ("--allow-read=inboxes", ["/w/inbox"], [], ["--allow-read=inboxes"]),
            ("--allow-read", ["/w/inbox"], [], ["--allow-read"]),
            ("--allow-net=a.example.com:443", [], ["*.example.com"], []),
            ("--allow-net=a.example.com", [], ["*.example.com:443"], ["--allow-net=a.example.com"]),
            ("--allow-net=10.1.2.3:80", [], ["10.0.0.0/8"], []),
        ] as [(String, [String], [String], [String])])
    func grantsAreCompared(need: String, read: [String], net: [String], missing: [String]) throws {
        var granted = RunGrants()
        if !read.isEmpty { granted.read = .names(read) }
        if !net.isEmpty { granted.net = .names(net) }
        let needs = try #require(try needs("-- needs: \(need)"))
        #expect(needs.missing(in: granted) { $0.hasPrefix("/") ? $0 : "/w/" + $0 } == missing)
    }
}
