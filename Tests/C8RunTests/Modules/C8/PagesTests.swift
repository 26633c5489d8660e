import C8Platform
import C8Run
import ScriptedServer
import Synchronization
import Testing

/// `c8.pages` over a list that changes between two requests.
@Suite(.timeLimit(.minutes(2))) struct PagesTests {
    /// A platform with one paged list, which a test changes when a page has been asked for.
    private final class ListServer: Sendable {
        struct State: Sendable {
            var items: [JSONValue]
            var pagesAsked = 0
        }

        let state: Mutex<State>
        let change: @Sendable (_ asked: Int, _ items: inout [JSONValue]) -> Void
        let hasTotal: Bool
        let mostPerPage: Int

        init(
            _ count: Int, hasTotal: Bool = true, mostPerPage: Int = 1000,
            change: @escaping @Sendable (_ asked: Int, _ items: inout [JSONValue]) -> Void = { _, _ in }
        ) {
            state = Mutex(State(items: (0..<count).map { ["id": .integer(Int64($0))] }))
            self.hasTotal = hasTotal
            self.mostPerPage = mostPerPage
            self.change = change
        }

        func answer(_ request: ScriptedServer.Request) -> ScriptedServer.Action {
            let data: JSONValue
            if request.line.contains("get-token") {
                data = ["accessToken": "token", "tokenTtl": "PT8H", "tokenTtlSeconds": 28800]
            } else {
                let body = (try? JSONParser.parse(request.body)) ?? .null
                let page = Int(body["page"]?.integerValue ?? 1)
                let size = min(mostPerPage, Int(body["size"]?.integerValue ?? 10))
                data = state.withLock { state in
                    let start = min(state.items.count, (page - 1) * size)
                    let rows = Array(state.items[start..<min(state.items.count, start + size)])
                    let total = Int64(state.items.count)
                    state.pagesAsked += 1
                    change(state.pagesAsked, &state.items)
                    return hasTotal ? ["rows": .array(rows), "total": .integer(total)] : ["rows": .array(rows)]
                }
            }
            let envelope: JSONValue = ["code": 200, "message": "success", "data": data]
            return .answer(body: (try? JSONSerializer.serialize(envelope)) ?? [])
        }

        /// The ids that a script sees, and how many pages it asked for.
        func ids(_ arguments: String = "{size = 10}") async throws -> (ids: [Int], asked: Int) {
            let server = try await ScriptedServer.start { [self] moment in
                guard case .request(let request) = moment else { return .goOn }
                return answer(request)
            }
            let own = #"""
                {"version": 1, "operations": {"products.list_v3": {"method": "POST", "path": "/list", "effect": "read",
                  "paging": {"page": "page", "size": "size", "items": "rows", "total": "total"}}}}
                """#
            let source = "for x in c8.pages('products.list_v3', \(arguments)) do io.write(x.id, ' ') end"
            let outcome: Result<PlatformScript.Outcome, any Error>
            do {
                outcome = .success(
                    try await PlatformScript(bindings: own, baseURL: server.url("")).run(source))
            } catch {
                outcome = .failure(error)
            }
            await server.stop()
            let printed = try outcome.get().printed
            return (printed.split(separator: " ").compactMap { Int($0) }, state.withLock { $0.pagesAsked })
        }
    }

    @Test(arguments: [
        (0, 1), (1, 1), (9, 1), (10, 1), (11, 2), (35, 4),
    ]) func allItemsComeOnceAndTheEndIsKnown(count: Int, requests: Int) async throws {
        let result = try await ListServer(count).ids()
        #expect(result.ids == Array(0..<count))
        #expect(result.asked == requests)
    }

    @Test(arguments: [0, 9, 10, 25]) func withoutATotalAShortPageIsTheLast(count: Int) async throws {
        #expect(try await ListServer(count, hasTotal: false).ids().ids == Array(0..<count))
    }

    @Test func aServerThatGivesLessPerPageIsFollowed() async throws {
        #expect(try await ListServer(57, mostPerPage: 20).ids("{size = 50}").ids == Array(0..<57))
    }

    @Test(arguments: [1, 3, 9, 10, 11, 15, 19]) func itemsRemovedBeforeOurPlaceHideNoOthers(removed: Int) async throws {
        let server = ListServer(60) { asked, items in
            if asked == 2 { items.removeFirst(removed) }
        }
        #expect(try await server.ids().ids == Array(0..<60))
    }

    @Test(arguments: [1, 4, 9, 10, 11, 25, 40]) func itemsAddedBeforeOurPlaceDoubleNoOthers(added: Int) async throws {
        let server = ListServer(45) { asked, items in
            if asked == 2 { items.insert(contentsOf: (0..<added).map { ["id": .integer(Int64(1000 + $0))] }, at: 0) }
        }
        #expect(try await server.ids().ids == Array(0..<45))
    }

    @Test func itemsAddedAtTheEndAreSeen() async throws {
        let server = ListServer(20) { asked, items in
            if asked == 1 { items.append(["id": 20]) }
        }
        #expect(try await server.ids().ids == Array(0...20))
    }

    @Test func theItemWeStoodAtMayBeAmongTheRemoved() async throws {
        let server = ListServer(30) { asked, items in
            if asked == 1 { items.removeSubrange(8..<10) }
        }
        #expect(try await server.ids().ids == Array(0..<30))
    }

    @Test func aListThatIsEmptiedEnds() async throws {
        let server = ListServer(30) { asked, items in
            if asked == 1 { items.removeAll() }
        }
        #expect(try await server.ids().ids == Array(0..<10))
    }

    @Test func aPageNumberThatIsPassedOverIsAnErrorNotALoop() async throws {
        let error = await #expect(throws: ScriptError.self) { try await StuckServer.run() }
        #expect(error?.message.contains("page 2 is the same as the one before") == true)
    }

    /// Gives its first page whatever is asked for.
    private enum StuckServer {
        static func run() async throws {
            let server = try await ScriptedServer.start { moment in
                guard case .request(let request) = moment else { return .goOn }
                let data: JSONValue =
                    request.line.contains("get-token")
                    ? ["accessToken": "t", "tokenTtl": "PT8H", "tokenTtlSeconds": 28800]
                    : ["rows": [["id": 1], ["id": 2]], "total": 100]
                return .answer(
                    body: (try? JSONSerializer.serialize(["code": 200, "message": "ok", "data": data])) ?? [])
            }
            let own = #"""
                {"version": 1, "operations": {"products.list_v3": {"method": "POST", "path": "/list", "effect": "read",
                  "paging": {"page": "pgae", "size": "size", "items": "rows", "total": "total"}}}}
                """#
            let result: Result<PlatformScript.Outcome, any Error>
            do {
                result = .success(
                    try await PlatformScript(bindings: own, baseURL: server.url("")).run(
                        "for _ in c8.pages('products.list_v3', {size = 2}) do end"))
            } catch {
                result = .failure(error)
            }
            await server.stop()
            _ = try result.get()
        }
    }

    @Test(arguments: [
        ("c8.pages('production.orders.create')", "names no paging fields"),
        ("c8.pages('products.lst')", "unknown operation"),
        ("c8.pages('products.list_v3', 1)", "table expected, got number"),
    ])
    func whatCannotBePagedIsRefused(call: String, message: String) async throws {
        let outcome = try await PlatformScript().run(
            "io.write(tostring(select(2, pcall(function() return \(call) end))))")
        #expect(outcome.printed.contains(message), "\(outcome.printed)")
    }
}
