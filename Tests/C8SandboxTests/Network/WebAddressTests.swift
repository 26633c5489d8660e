import Testing

@testable import C8Sandbox

@Suite struct WebAddressTests {
    @Test(arguments: [
        ("https://erp.example.com", "https://erp.example.com/"),
        ("HTTPS://ERP.Example.COM./A?b=C#d", "https://erp.example.com/A?b=C"),
        ("http://h:80/", "http://h/"), ("https://h:443", "https://h/"), ("http://h:443/", "http://h:443/"),
        ("http://h?x", "http://h/?x"), ("http://h?", "http://h/?"), ("http://h#x", "http://h/"),
        ("http://h/a/./b/../c", "http://h/a/c"), ("http://h/../../a", "http://h/a"), ("http://h/a/..", "http://h/"),
        ("http://h/a/%2E%2e/b", "http://h/b"), ("http://h/a//b/", "http://h/a//b/"),
        ("http://h/中?q=\"{x}\"", "http://h/%E4%B8%AD?q=%22%7Bx%7D%22"), ("http://h/%41%2f", "http://h/%41%2f"),
        ("http://10.0.0.1:8080/x", "http://10.0.0.1:8080/x"), ("http://[::1]:80/", "http://[::1]/"),
        ("http://[0:0:0:0:0:FFFF:7f00:1]/", "http://127.0.0.1/"), ("http://[::FFFF:10.0.0.1]/", "http://10.0.0.1/"),
        ("http://[2001:DB8:0:0::1]:8/", "http://[2001:db8::1]:8/"), ("http://a_b.c-d.e1/", "http://a_b.c-d.e1/"),
    ])
    func addressIsWrittenInOneForm(text: String, written: String) throws {
        let address = try WebAddress(parsing: text)
        #expect(address.description == written)
        #expect(try WebAddress(parsing: written) == address)
    }

    @Test(arguments: [
        "", "h", "//h/", "ftp://h/", "file:///etc/passwd", "http:/h", "http:h", "http://", "http://:80/", "http:///x",
        "http://h /", "http://h/ ", "http://h/\n", "http://h/\r\nX: y", "http://h/\u{0}", "http://h/\u{7f}",
        "http://h:/",
        "http://h:0/", "http://h:65536/", "http://h:+80/", "http://h:8o/", "http://h:80:90/", "http://h/%",
        "http://h/%4",
        "http://h/%zz", "http://-h/", "http://h-/", "http://h..i/", "http://.h/", "http://中.example/", "http://h,i/",
        "http://[::1/", "http://::1/", "http://[127.0.0.1]/", "http://[v1.x]/", "http+unix://x/y",
        "http://\(String(repeating: "a", count: 64)).b/",
    ])
    func whatIsNoAddressIsRefused(text: String) {
        let error = #expect(throws: WebAddressError.self) { try WebAddress(parsing: text) }
        #expect(error?.isDisguise == false)
    }

    @Test(arguments: [
        "http://u@h/", "http://u:p@h/", "http://good.example@127.0.0.1/", "http://good.example\\@127.0.0.1/",
        "http://h\\.example/", "http://127.0.0.1%2e/", "http://[::1%25lo]/", "http://%31%32%37.0.0.1/",
        "http://2130706433/", "http://127.1/",
        "http://0x7f000001/", "http://0x7f.0.0.1/", "http://0177.0.0.1/", "http://127.0.0.01/", "http://127.0.0.1.5/",
        "http://1.2.3/", "http://256.0.0.1/", "http://a.0x7f/",
    ])
    func disguisedHostIsKnownAsSuch(text: String) {
        let error = #expect(throws: WebAddressError.self) { try WebAddress(parsing: text) }
        #expect(error?.isDisguise == true)
    }

    /// RFC 3986 §5.4, as far as it is about http, and what servers really send.
    @Test(arguments: [
        ("g", "http://a/b/c/g"), ("./g", "http://a/b/c/g"), ("g/", "http://a/b/c/g/"), ("/g", "http://a/g"),
        ("//g", "http://g/"), ("?y", "http://a/b/c/d;p?y"), ("g?y", "http://a/b/c/g?y"), ("#s", "http://a/b/c/d;p?q"),
        ("", "http://a/b/c/d;p?q"), (".", "http://a/b/c/"), ("..", "http://a/b/"), ("../..", "http://a/"),
        ("../../../g", "http://a/g"), ("g;x=1/../y", "http://a/b/c/y"), ("g?y/../x", "http://a/b/c/g?y/../x"),
        ("https://g:8/x", "https://g:8/x"), ("//[::1]:5/x", "http://[::1]:5/x"), ("/a:b", "http://a/a:b"),
    ])
    func redirectIsResolved(reference: String, target: String) throws {
        #expect(try WebAddress(parsing: "http://a/b/c/d;p?q").resolving(reference).description == target)
    }

    @Test(arguments: ["javascript:alert(1)", "ftp://h/", "http:g", "//u@h/", "/a b", "//h:99999/"])
    func redirectThatIsNoAddressIsRefused(reference: String) throws {
        let base = try WebAddress(parsing: "http://a/b")
        #expect(throws: WebAddressError.self) { try base.resolving(reference) }
    }

    @Test func queryIsQuotedWhole() throws {
        let address = try WebAddress(parsing: "http://h/p?a=1")
            .adding(query: [("b&=", "2 3"), ("中", "#/?"), ("e", "")])
        #expect(address.description == "http://h/p?a=1&b%26%3D=2%203&%E4%B8%AD=%23%2F%3F&e=")
        #expect(try WebAddress(parsing: "http://h/").adding(query: [("a", "b")]).description == "http://h/?a=b")
    }
}
