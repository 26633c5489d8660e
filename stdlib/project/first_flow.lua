#!/usr/bin/env c8run
-- Makes a production order once, however often this runs.
--
--   c8run --emulator first_flow.lua [ORDER [QUANTITY]]
--
-- A flow is work in steps. Each is written down before and after, so that a run which was killed goes on where it was.

local orders = require "orders"

local number, quantity = ...
local order = orders.make(number or "PO-1001", "SKU-1001", math.tointeger(quantity or 500))
print(("order %s: %s, %d pieces"):format(order.orderNo, order.orderId, order.quantity))
