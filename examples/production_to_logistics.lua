#!/usr/bin/env c8run
-- From production to delivery: make a production order, upload its codes, send them out with a logistics order.
--
--   c8run run --emulator examples/production_to_logistics.lua [quantity]
--
-- It runs against the built-in emulator. Against the platform itself, give it bindings made from your documentation
-- (method, path and fields of each operation), and look at the field names below: they are the emulator's.

local c8 = require "c8"
local crypto = require "c8.crypto"
local log = require "c8.log"

local quantity = tonumber((...)) or 500
local batch_size = 200

--- Codes as a printer would report them: 32 characters, each its own.
local function printed_codes(count)
  local codes = {}
  for i = 1, count do
    codes[i] = crypto.md5(crypto.random(16)):upper()
  end
  return codes
end

local function in_batches(list, size)
  return coroutine.wrap(function()
    for first = 1, #list, size do
      coroutine.yield(table.move(list, first, math.min(first + size - 1, #list), 1, {}))
    end
  end)
end

-- 1. The production order.
local order = c8.production.orders.create {
  orderNo = "PO-" .. crypto.uuid():sub(1, 8),
  productCode = "SKU-1001",
  quantity = quantity,
}
print(("production order %s created, id %d"):format(order.orderNo, order.orderId))

-- 2. Its codes, batch by batch.
local codes = printed_codes(quantity)
for batch in in_batches(codes, batch_size) do
  local result = c8.production.offline.upload_codes { orderNo = order.orderNo, codes = batch }
  log.debug("batch uploaded", { accepted = result.accepted, uploaded = result.uploaded })
end
local state = c8.production.orders.get { orderNo = order.orderNo }
print(("%d of %d codes uploaded"):format(state.uploaded, quantity))

-- 3. The logistics order that takes them to a dealer.
local delivery = c8.logistics.orders.create {
  orderNo = "LO-" .. crypto.uuid():sub(1, 8),
  productionOrderNo = order.orderNo,
  dealerCode = "D-2001",
}
for batch in in_batches(codes, batch_size) do
  c8.logistics.offline.upload_codes { orderNo = delivery.orderNo, codes = batch }
end
local done = c8.logistics.orders.complete { orderNo = delivery.orderNo }
print(("logistics order %s %s with %d codes"):format(done.orderNo, done.status, done.codes))

-- 4. What the platform refuses is an error with fields. A completed order cannot be completed again.
local ok, refusal = pcall(c8.logistics.orders.complete, { orderNo = delivery.orderNo })
assert(not ok and refusal.kind == "api")
print(("completing it again is refused: %s, code %d, outcome %s"):format(refusal.kind, refusal.code, refusal.outcome))
