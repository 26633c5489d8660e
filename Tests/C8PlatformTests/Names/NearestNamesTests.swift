import C8Platform
import Testing

struct NearestNamesTests {
    @Test(arguments: [
        ("methd", "method"), ("metohd", "method"), ("Method", "method"), ("timeOut", "timeout"),
        ("multi_part", "multipart"),
        ("efect", "effect"), ("requests", "request"),
    ])
    func misspeltWordsAreFound(text: String, expected: String) {
        let names = ["method", "path", "effect", "request", "response", "timeout", "multipart", "download"]
        #expect(NearestNames.find(text, among: names, limit: 1) == [expected])
    }

    @Test func theNearestComesFirstAndEqualsAreSorted() {
        #expect(
            NearestNames.find("cart", among: ["card", "carts", "care", "dart", "cast", "mart"], limit: 3) == [
                "card", "care", "carts",
            ])
    }

    @Test func hintsReadAsAQuestion() {
        #expect(NearestNames.hint("ab", among: ["zz"]) == "")
        #expect(NearestNames.hint("cat", among: ["car"]) == " (did you mean car?)")
        #expect(NearestNames.hint("cat", among: ["car", "cab", "can"]) == " (did you mean cab, can or car?)")
    }
}
