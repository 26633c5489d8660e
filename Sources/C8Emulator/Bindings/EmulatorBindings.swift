import C8Platform
import OrderedCollections

/// The bindings of the emulator's own operations, in the format of every other bindings file.
enum EmulatorBindings {
    /// The bindings file.
    static let json: [UInt8] = {
        let base = Array(text.utf8)
        guard case .object(var file)? = try? JSONParser.parse(base), var operations = file["operations"]?.objectValue
        else { return base }
        for operation in MadeUpCatalogue.all { operations[operation.id.rawValue] = operation.json }
        operations.sort { OperationID($0.key) < OperationID($1.key) }
        file["operations"] = .object(operations)
        return (try? JSONSerializer.serialize(.object(file), pretty: true)) ?? base
    }()

    /// Reads the bindings as a client would; once for all emulators of the process, as they are always the same.
    static func load() throws(EmulatorError) -> BindingSet {
        do throws(BindingError) {
            return try read.get()
        } catch {
            throw EmulatorError(kind: .brokenBindings, message: "a defect of the emulator's own bindings: \(error)")
        }
    }

    private static let read: Result<BindingSet, BindingError> = {
        do throws(BindingError) {
            return .success(try BindingSet.parse(json, file: "emulator-bindings.json"))
        } catch {
            return .failure(error)
        }
    }()

    private static let text = #"""
        {
          "version": 1,
          "operations": {
            "production.orders.create": {
              "method": "POST",
              "path": "/emulator/production/orders",
              "effect": "write",
              "request": {
                "orderNo": {
                  "type": "string", "required": true,
                  "description": "单号 / order number, unique, at most 64 characters", "example": "P-1"
                },
                "productCode": {
                  "type": "string", "required": true,
                  "description": "商品编号 / product code", "example": "SKU-1"
                },
                "quantity": {
                  "type": "integer", "required": true,
                  "description": "数量 / how many codes the order may get", "example": 500
                },
                "batchNo": {"type": "string", "description": "批次 / batch"},
                "remark": {"type": "string", "description": "备注 / remark, at most 500 characters"}
              },
              "response": {
                "orderId": {"type": "integer", "description": "19 digits", "example": 1575418076977623040},
                "orderNo": {"type": "string"},
                "productCode": {"type": "string"},
                "status": {"type": "string", "description": "created, producing or completed", "example": "created"},
                "quantity": {"type": "integer"},
                "uploaded": {"type": "integer", "description": "how many codes were uploaded"},
                "batchNo": {"type": "string"},
                "remark": {"type": "string"},
                "createTime": {"type": "string", "description": "UTC+8", "example": "2023-03-02 15:37:09"}
              },
              "errors": {"99000422": "参数错误", "99001002": "生产订单已存在"},
              "source": "c8run emulator, not the platform"
            },
            "production.orders.get": {
              "method": "GET",
              "path": "/emulator/production/orders/{orderNo}",
              "effect": "read",
              "request": {"orderNo": {"type": "string", "required": true}},
              "response": {
                "orderId": {"type": "integer"},
                "orderNo": {"type": "string"},
                "productCode": {"type": "string"},
                "status": {"type": "string"},
                "quantity": {"type": "integer"},
                "uploaded": {"type": "integer"},
                "batchNo": {"type": "string"},
                "remark": {"type": "string"},
                "createTime": {"type": "string"}
              },
              "errors": {"99001001": "生产订单不存在"},
              "source": "c8run emulator, not the platform"
            },
            "production.orders.list": {
              "method": "POST",
              "path": "/emulator/production/orders/page",
              "effect": "read",
              "request": {
                "pageNum": {"type": "integer", "description": "from 1, standard 1"},
                "pageSize": {"type": "integer", "description": "1 to 1000, standard 20"},
                "status": {"type": "string", "description": "created, producing or completed"}
              },
              "response": {
                "records": {"type": "array", "items": {"type": "object"}},
                "total": {"type": "integer"},
                "pageNum": {"type": "integer"},
                "pageSize": {"type": "integer"}
              },
              "errors": {"99000422": "参数错误"},
              "paging": {"page": "pageNum", "size": "pageSize", "items": "records", "total": "total"},
              "source": "c8run emulator, not the platform"
            },
            "production.orders.delete": {
              "method": "DELETE",
              "path": "/emulator/production/orders/{orderNo}",
              "effect": "write",
              "request": {"orderNo": {"type": "string", "required": true}},
              "response": {"orderNo": {"type": "string"}},
              "errors": {"99001001": "生产订单不存在", "99001003": "生产订单已上传数码,不能删除"},
              "source": "c8run emulator, not the platform"
            },
            "production.offline.upload_codes": {
              "method": "POST",
              "path": "/emulator/production/orders/{orderNo}/codes",
              "effect": "idempotent",
              "request": {
                "orderNo": {"type": "string", "required": true},
                "codes": {
                  "type": "array", "required": true,
                  "description": "数码 / codes of 32 letters and digits",
                  "items": {"type": "string"}
                }
              },
              "response": {
                "accepted": {"type": "integer"},
                "duplicate": {"type": "integer", "description": "codes that the order has already: harmless"},
                "rejected": {
                  "type": "array",
                  "items": {"type": "object", "fields": {"code": {"type": "string"}, "reason": {"type": "string"}}}
                },
                "uploaded": {"type": "integer", "description": "how many codes the order has now"}
              },
              "errors": {"99000422": "参数错误", "99001001": "生产订单不存在", "99001004": "上传数码超过生产订单数量"},
              "source": "c8run emulator, not the platform"
            },
            "production.orders.list_codes": {
              "method": "POST",
              "path": "/emulator/production/orders/{orderNo}/codes/page",
              "effect": "read",
              "request": {
                "orderNo": {"type": "string", "required": true},
                "pageNum": {"type": "integer", "description": "from 1, standard 1"},
                "pageSize": {"type": "integer", "description": "1 to 1000, standard 20"}
              },
              "response": {
                "records": {"type": "array", "items": {"type": "object", "fields": {"code": {"type": "string"}}}},
                "total": {"type": "integer"},
                "pageNum": {"type": "integer"},
                "pageSize": {"type": "integer"}
              },
              "errors": {"99000422": "参数错误", "99001001": "生产订单不存在"},
              "paging": {"page": "pageNum", "size": "pageSize", "items": "records", "total": "total"},
              "source": "c8run emulator, not the platform"
            },
            "logistics.orders.create": {
              "method": "POST",
              "path": "/emulator/logistics/orders",
              "effect": "write",
              "request": {
                "orderNo": {
                  "type": "string", "required": true,
                  "description": "单号 / order number, unique, at most 64 characters", "example": "L-1"
                },
                "productionOrderNo": {
                  "type": "string",
                  "description": "生产单号 / only codes of this production order may be loaded"
                },
                "dealerCode": {
                  "type": "string", "required": true,
                  "description": "经销商编号 / dealer's code", "example": "D-1"
                },
                "type": {"type": "string", "description": "类型 / kind of order, any text"}
              },
              "response": {
                "orderId": {"type": "integer", "description": "19 digits"},
                "orderNo": {"type": "string"},
                "productionOrderNo": {"type": "string"},
                "dealerCode": {"type": "string"},
                "type": {"type": "string"},
                "status": {"type": "string", "description": "created, loading or completed"},
                "codes": {"type": "integer"},
                "createTime": {"type": "string"},
                "completeTime": {"type": "string"}
              },
              "errors": {"99000422": "参数错误", "99001001": "生产订单不存在", "99002002": "物流订单已存在"},
              "source": "c8run emulator, not the platform"
            },
            "logistics.offline.upload_codes": {
              "method": "POST",
              "path": "/emulator/logistics/orders/{orderNo}/codes",
              "effect": "idempotent",
              "request": {
                "orderNo": {"type": "string", "required": true},
                "codes": {
                  "type": "array", "required": true,
                  "description": "数码 / codes that production has uploaded",
                  "items": {"type": "string"}
                }
              },
              "response": {
                "accepted": {"type": "integer"},
                "duplicate": {"type": "integer", "description": "codes that the order has already: harmless"},
                "rejected": {
                  "type": "array",
                  "items": {"type": "object", "fields": {"code": {"type": "string"}, "reason": {"type": "string"}}}
                },
                "uploaded": {"type": "integer", "description": "how many codes the order has now"}
              },
              "errors": {"99000422": "参数错误", "99002001": "物流订单不存在", "99002003": "物流订单已完成"},
              "source": "c8run emulator, not the platform"
            },
            "logistics.orders.get": {
              "method": "GET",
              "path": "/emulator/logistics/orders/{orderNo}",
              "effect": "read",
              "request": {"orderNo": {"type": "string", "required": true}},
              "response": {
                "orderId": {"type": "integer"},
                "orderNo": {"type": "string"},
                "productionOrderNo": {"type": "string"},
                "dealerCode": {"type": "string"},
                "type": {"type": "string"},
                "status": {"type": "string"},
                "codes": {"type": "integer"},
                "createTime": {"type": "string"},
                "completeTime": {"type": "string"}
              },
              "errors": {"99002001": "物流订单不存在"},
              "source": "c8run emulator, not the platform"
            },
            "logistics.orders.complete": {
              "method": "POST",
              "path": "/emulator/logistics/orders/{orderNo}/complete",
              "effect": "write",
              "request": {"orderNo": {"type": "string", "required": true}},
              "response": {
                "orderNo": {"type": "string"},
                "status": {"type": "string"},
                "codes": {"type": "integer"},
                "completeTime": {"type": "string"}
              },
              "errors": {"99002001": "物流订单不存在", "99002003": "物流订单已完成", "99002004": "物流订单没有数码,不能完成"},
              "source": "c8run emulator, not the platform"
            },
            "logistics.orders.delete": {
              "method": "DELETE",
              "path": "/emulator/logistics/orders/{orderNo}",
              "effect": "write",
              "request": {"orderNo": {"type": "string", "required": true}},
              "response": {"orderNo": {"type": "string"}},
              "errors": {"99002001": "物流订单不存在", "99002005": "物流订单已完成,不能删除"},
              "source": "c8run emulator, not the platform"
            }
          }
        }
        """#
}
