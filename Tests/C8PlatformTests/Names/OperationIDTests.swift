import C8Platform
import Testing

struct OperationIDTests {
    @Test(arguments: ["auth.get_token", "products.save_v3", "codes.motul.exists", "a.b"])
    func wellFormedIdsAreRecognised(text: String) {
        #expect(OperationID(text).isWellFormed)
    }

    @Test(arguments: [
        "", "auth", ".auth", "auth.", "auth..token", "Auth.token", "auth.getToken", "auth.get-token", "auth.1x",
        "auth._x", "auth.x_",
        "auth.a__b", "auth.数", "auth.a b", "auth.a\n",
    ])
    func otherTextsAreNot(text: String) {
        #expect(!OperationID(text).isWellFormed)
    }

    @Test func idsAreOrderedByTheirBytesAndTakenApartAtDots() {
        #expect(["b.a", "a.b", "a.a"].map { OperationID($0) }.sorted() == ["a.a", "a.b", "b.a"])
        #expect(OperationID("a.b_c.d").components == ["a", "b_c", "d"])
        #expect("\(OperationID("a.b"))" == "a.b")
    }
}
