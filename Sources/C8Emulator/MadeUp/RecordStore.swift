import C8Platform
import OrderedCollections

/// Records by collection and key: what operations without rules of their own work on.
struct RecordStore: Sendable {
    typealias Record = OrderedDictionary<String, JSONValue>

    private(set) var collections: [String: OrderedDictionary<String, Record>] = [:]

    subscript(collection: String, key: String) -> Record? { collections[collection]?[key] }

    func records(_ collection: String) -> [Record] { collections[collection].map { Array($0.values) } ?? [] }

    /// Adds or replaces a record; what it had besides stays.
    mutating func save(
        _ members: Record, key: String, in collection: String, now: Double, id: () -> Int64
    ) -> JSONValue {
        var record = collections[collection]?[key] ?? ["id": .integer(id())]
        for (name, value) in members where name != "id" { record[name] = value }
        let time = JSONValue.string(WallClock.text(now))
        if record["createTime"] == nil { record["createTime"] = time }
        record["updateTime"] = time
        if record["enabled"] == nil { record["enabled"] = true }
        if record["status"] == nil { record["status"] = "created" }
        collections[collection, default: [:]][key] = record
        return .object(record)
    }

    mutating func delete(_ key: String, from collection: String) -> Bool {
        collections[collection]?.removeValue(forKey: key) != nil
    }

    /// Does one operation.
    mutating func perform(
        _ operation: MadeUpOperation, _ fields: Fields, now: Double, id: () -> Int64
    ) throws(Refusal) -> JSONValue {
        let key = operation.key
        switch operation.action {
        case .save(let collection):
            return save(fields.members, key: fields.key(key), in: collection, now: now, id: id)
        case .saveBatch(let collection, let list):
            return try saveBatch(fields, list, of: operation, in: collection, now: now, id: id)
        case .create(let collection):
            let value = fields.key(key)
            if self[collection, value] != nil { throw .recordExists(value) }
            return save(fields.members, key: value, in: collection, now: now, id: id)
        case .update(let collection):
            let value = fields.key(key)
            _ = try record(value, in: collection)
            return save(fields.members, key: value, in: collection, now: now, id: id)
        case .append(let collection, let list):
            let value = fields.key(key)
            var record = try record(value, in: collection)
            var element = fields.members
            element.removeValue(forKey: key)
            record[list] = .array((record[list]?.arrayValue ?? []) + [.object(element)])
            return save(record, key: value, in: collection, now: now, id: id)
        case .get(let collection):
            return .object(try record(fields.key(key), in: collection))
        case .find(let collection, let keys):
            return find(fields.keys(keys), in: collection)
        case .list(let collection):
            return try Page(fields).data(of: filtered(collection, fields, operation).map { .object($0) })
        case .all(let collection):
            return ["records": .array(filtered(collection, fields, operation).map { .object($0) })]
        case .count(let collection):
            return ["count": .integer(Int64(filtered(collection, fields, operation).count))]
        case .delete(let collection):
            let value = fields.key(key)
            guard delete(value, from: collection) else { throw .noRecord(value) }
            return ["deleted": 1]
        case .deleteBatch(let collection, let keys):
            var deleted: Int64 = 0
            for value in fields.keys(keys) where delete(value, from: collection) { deleted += 1 }
            return ["deleted": .integer(deleted)]
        case .enable(let collection, let keys, let flag):
            return try enable(fields, fields.keys(keys), in: collection, flag, now: now)
        case .status(let collection):
            let value = fields.key(key)
            return [key: .string(value), "status": try record(value, in: collection)["status"] ?? .null]
        case .setStatus(let collection, let status):
            let value = fields.key(key)
            _ = try record(value, in: collection)
            return save(["status": .string(status)], key: value, in: collection, now: now, id: id)
        case .canDelete(let collection):
            let gifts = self[collection, fields.key(key)].map { $0["gifts"]?.arrayValue?.count ?? 0 }
            return ["canDelete": .bool(gifts == 0)]
        case .core:
            throw .unknownPath
        }
    }

    private func record(_ key: String, in collection: String) throws(Refusal) -> Record {
        guard let record = self[collection, key] else { throw .noRecord(key) }
        return record
    }

    private func find(_ keys: [String], in collection: String) -> JSONValue {
        var found: [JSONValue] = []
        var missing: [JSONValue] = []
        for key in keys {
            if let record = self[collection, key] {
                found.append(.object(record))
            } else {
                missing.append(.string(key))
            }
        }
        return ["records": .array(found), "missing": .array(missing)]
    }

    /// All or nothing: a broken element leaves the store as it was.
    private mutating func saveBatch(
        _ fields: Fields, _ list: String, of operation: MadeUpOperation, in collection: String, now: Double,
        id: () -> Int64
    ) throws(Refusal) -> JSONValue {
        let elements = fields.members[list]?.arrayValue ?? []
        let key = Self.keys[collection] ?? "id"
        var records: [(key: String, members: Record)] = []
        for (index, element) in elements.enumerated() {
            guard let members = element.objectValue, let value = members[key]?.keyText, !value.isEmpty else {
                throw .field("\(list)[\(index)].\(key)", "不能为空")
            }
            records.append((value, members))
        }
        for record in records { _ = save(record.members, key: record.key, in: collection, now: now, id: id) }
        return ["saved": .integer(Int64(records.count))]
    }

    private mutating func enable(
        _ fields: Fields, _ keys: [String], in collection: String, _ flag: Bool?, now: Double
    ) throws(Refusal) -> JSONValue {
        let enabled = flag ?? fields.members["enabled"]?.boolValue ?? true
        for key in keys { _ = try record(key, in: collection) }
        for key in keys {
            _ = save(["enabled": .bool(enabled)], key: key, in: collection, now: now) { 0 }
        }
        return ["changed": .integer(Int64(keys.count))]
    }

    /// Those that have the values of all given fields but the page's.
    private func filtered(_ collection: String, _ fields: Fields, _ operation: MadeUpOperation) -> [Record] {
        let names = operation.fields.map(\.name).filter { $0 != "pageNum" && $0 != "pageSize" }
        let wanted = names.compactMap { name in fields.members[name].map { (name, $0) } }.filter { !$0.1.isNull }
        let all = records(collection)
        return wanted.isEmpty ? all : all.filter { record in wanted.allSatisfy { record[$0.0] == $0.1 } }
    }

    /// The key of the elements of a batch, by collection.
    private static let keys = [
        "products": "productCode", "dealers": "dealerCode", "stores": "storeCode", "winnings": "winningNo",
        "giftGroups": "groupNo", "mallGifts": "giftNo",
    ]
}

extension JSONValue {
    /// A string or an integer as a record's key.
    var keyText: String? { stringValue ?? integerValue.map(String.init) }
}
