import C8Platform
import OrderedCollections

/// One of the operations that the emulator makes up: what it takes, and what it does to the store.
///
/// None of this is known of the platform. The path follows from the id, below `/emulator`.
struct MadeUpOperation: Sendable {
    /// What is done, by the verb of the operation's name. The first text is the collection.
    enum Action: Sendable {
        /// Adds a record or replaces it.
        case save(String)
        /// The same for each object of an array.
        case saveBatch(String, list: String)
        /// Adds a record; one that is there is a refusal.
        case create(String)
        /// Changes a record that must be there.
        case update(String)
        /// Adds an object to a list inside a record.
        case append(String, list: String)
        case get(String)
        /// Records by an array of keys.
        case find(String, keys: String)
        /// A page of the records.
        case list(String)
        /// All records at once.
        case all(String)
        case count(String)
        case delete(String)
        case deleteBatch(String, keys: String)
        /// Sets `enabled` of records; from the field of that name where it is nil.
        case enable(String, keys: String, Bool?)
        case status(String)
        case setStatus(String, String)
        /// Whether a record could be deleted: it is there, and has no gifts.
        case canDelete(String)
        /// With rules of its own, in the order book.
        case core
    }

    /// How a call may be repeated and answered.
    enum Shape: Sendable {
        case post
        /// GET with the first field as the end of the path.
        case get
        /// DELETE with the first field as the end of the path.
        case delete
        /// POST of a form with a file.
        case form
        /// GET that answers with a file.
        case download
    }

    let id: OperationID
    let action: Action
    let shape: Shape
    let effect: Effect
    /// The first is the key of the records.
    let fields: [MadeUpField]
    let response: [MadeUpField]
    let isPaged: Bool

    init(
        _ id: OperationID, _ action: Action, _ fields: [String], shape: Shape? = nil, effect: Effect? = nil,
        response: [String]? = nil, isPaged: Bool? = nil
    ) {
        self.id = id
        self.action = action
        let traits = Self.traits(of: action)
        self.shape = shape ?? traits.shape
        self.effect = effect ?? traits.effect
        let isPaged = isPaged ?? traits.isPaged
        self.isPaged = isPaged
        let paging =
            isPaged
            ? ["pageNum:integer 页码 / from 1, standard 1", "pageSize:integer 每页条数 / 1 to 1000, standard 20"] : []
        self.fields = (fields + paging).map { MadeUpField($0) }
        let pages = ["records:object[]", "total:integer", "pageNum:integer", "pageSize:integer"]
        self.response = (response ?? (isPaged ? pages : traits.response)).map { MadeUpField($0) }
    }

    private static func traits(
        of action: Action
    ) -> (shape: Shape, effect: Effect, isPaged: Bool, response: [String]) {
        let stamps = ["id:integer 19 digits", "createTime:string", "updateTime:string"]
        return switch action {
        case .save: (.post, .idempotent, false, stamps)
        case .saveBatch: (.post, .idempotent, false, ["saved:integer"])
        case .create: (.post, .write, false, stamps)
        case .update: (.post, .idempotent, false, stamps)
        case .append: (.post, .write, false, stamps)
        case .get: (.get, .read, false, stamps)
        case .find: (.post, .read, false, ["records:object[]", "missing:any[]"])
        case .list: (.post, .read, true, [])
        case .all: (.post, .read, false, ["records:object[]"])
        case .count: (.post, .read, false, ["count:integer"])
        case .delete: (.delete, .write, false, ["deleted:integer"])
        case .deleteBatch: (.post, .write, false, ["deleted:integer"])
        case .enable: (.post, .idempotent, false, ["changed:integer"])
        case .status: (.get, .read, false, ["status:string"])
        case .setStatus: (.post, .write, false, stamps + ["status:string"])
        case .canDelete: (.post, .read, false, ["canDelete:boolean"])
        case .core: (.post, .read, false, [])
        }
    }

    /// The name of the field by which records are told apart.
    var key: String { fields.first?.name ?? "id" }

    /// Whether the first field is the end of the path.
    var hasKeyInPath: Bool {
        switch shape {
        case .get, .delete, .download: true
        case .post, .form: false
        }
    }

    var method: String {
        switch shape {
        case .post, .form: "POST"
        case .get, .download: "GET"
        case .delete: "DELETE"
        }
    }

    /// The fields of a request, with the key out of the path, held against what the operation takes.
    func checked(_ fields: Fields, key value: String) throws(Refusal) -> Fields {
        let fields = hasKeyInPath ? fields.adding(key, value) : fields
        for field in self.fields where !(hasKeyInPath && field.name == key) {
            try field.check(fields.members[field.name])
        }
        return fields
    }

    /// Without the key.
    var path: String { "/emulator/" + id.components.joined(separator: "/") }
}
