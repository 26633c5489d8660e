import C8Platform
import Testing

struct CatalogueTests {
    private let catalogue = Catalogue.standard

    @Test func itListsEveryPageOfTheDocumentation() {
        #expect(catalogue.entries.count == 141)
        #expect(catalogue.operations.count == 125)
        #expect(catalogue.entries.filter { $0.kind == .reference }.count == 12)
        #expect(catalogue.entries.filter { $0.kind == .guide }.count == 4)
        #expect(catalogue.entries.filter { $0.status == .void }.count == 6)
        #expect(catalogue.entries.filter { $0.status == .deprecated }.count == 1)
    }

    @Test func idsAreUniqueAndWellFormed() {
        #expect(Set(catalogue.entries.map(\.id)).count == catalogue.entries.count)
        for entry in catalogue.entries {
            #expect(entry.id.isWellFormed, "\(entry.id)")
            #expect(catalogue[entry.id] == entry)
        }
    }

    @Test func noIdIsBothAPageAndAFolderOfPages() {
        for entry in catalogue.entries {
            let components = entry.id.components
            for length in 1..<components.count {
                let folder = components.prefix(length).joined(separator: ".")
                #expect(catalogue[OperationID(folder)] == nil, "\(folder) holds \(entry.id)")
            }
        }
    }

    @Test func everyEntryHasATitleASectionAndASummary() {
        for entry in catalogue.entries {
            #expect(!entry.title.isEmpty && !entry.section.isEmpty && !entry.summary.isEmpty, "\(entry.id)")
            #expect(entry.summary.utf8.allSatisfy { $0 < 0x80 }, "\(entry.id)'s summary is English")
        }
    }

    @Test func replacementsAreActiveOperations() {
        for entry in catalogue.entries {
            #expect(entry.replacements.isEmpty || entry.status != .active, "\(entry.id)")
            for id in entry.replacements {
                #expect(catalogue[id]?.kind == .operation && catalogue[id]?.status == .active, "\(id)")
            }
        }
        #expect(
            catalogue["products.set_enabled_batch"]?.replacements
                == ["products.enable_batch_v3", "products.disable_batch_v3"])
    }

    @Test func titlesAreUnique() {
        #expect(Set(catalogue.entries.map(\.title)).count == catalogue.entries.count)
    }

    @Test func entriesCarryThePagesOwnTitle() throws {
        let entry = try #require(catalogue["production.orders.create"])
        #expect(entry.kind == .operation)
        #expect(entry.status == .active)
        #expect(entry.section == "溯源体系/生产订单")
        #expect(entry.title == "创建生产订单")
        #expect(catalogue["production.orders.created"] == nil)
    }

    @Test(arguments: [
        ("production.order.create", ["production.orders.create"]),
        ("production.orders.creat", ["production.orders.create"]),
        ("production.offline.uploadCodes", ["production.offline.upload_codes"]), ("auth.getToken", ["auth.get_token"]),
        ("Production.Orders.Get", ["production.orders.get"]), ("products.gte", ["products.get"]),
        ("logistics.offline.upload-codes", ["logistics.offline.upload_codes"]),
        (
            "orders.create",
            ["codes.orders.create", "labels.orders.create", "logistics.orders.create", "production.orders.create"]
        ),
    ])
    func nearestFindsWhatWasMeant(text: String, expected: [String]) {
        #expect(catalogue.nearest(to: text, limit: 10).prefix(expected.count).map(\.rawValue) == expected)
    }

    @Test(arguments: ["", "xyz", "completely.different.thing", String(repeating: "production.", count: 1000)])
    func nearestFindsNothingWhereNothingIsNear(text: String) {
        #expect(catalogue.nearest(to: text).isEmpty)
    }

    @Test func nearestKeepsToItsLimitAndOffersOperationsOnly() {
        #expect(catalogue.nearest(to: "production.orders", limit: 2).count == 2)
        #expect(catalogue.nearest(to: "production.orders.create", limit: 0).isEmpty)
        #expect(
            catalogue.nearest(to: "reference.error_code", limit: 5).allSatisfy { catalogue[$0]?.kind == .operation })
    }

    @Test func namesUnderAPrefixAreTheNextWords() {
        #expect(catalogue.names(under: "production") == ["files", "offline", "orders", "sync", "tasks"])
        #expect(catalogue.names(under: "production.offline") == ["upload_codes"])
        #expect(catalogue.names(under: "production.offline.upload_codes") == [])
        #expect(catalogue.names(under: "prod") == [])
        #expect(catalogue.names(under: "").contains("logistics"))
        #expect(!catalogue.names(under: "").contains("reference"), "reference pages cannot be called")
    }

    @Test(arguments: [
        ("", "line 1 of the catalogue: expected 7 columns, got 1"),
        (
            "a\tb\tc\td\te\tf\tg\n",
            "line 1 of the catalogue: expected the columns id, kind, status, section, title, summary, replacements"
        ),
        (
            "id\tkind\tstatus\tsection\ttitle\tsummary\treplacements\na.b\toperation\n",
            "line 2 of the catalogue: expected 7 columns, got 2"
        ),
        (
            "id\tkind\tstatus\tsection\ttitle\tsummary\treplacements\na.b\tthing\tactive\ts\tt\tu\t",
            "line 2 of the catalogue: unknown kind thing"
        ),
        (
            "id\tkind\tstatus\tsection\ttitle\tsummary\treplacements\na.b\tguide\tgone\ts\tt\tu\t",
            "line 2 of the catalogue: unknown status gone"
        ),
    ])
    func aBrokenTableIsRefusedWithItsLine(text: String, message: String) {
        let error = failure { () throws(CatalogueError) in try Catalogue(tabSeparated: Array(text.utf8)) }
        #expect(error?.description == message)
    }
}
