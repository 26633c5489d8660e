#!/usr/bin/env c8run
-- One production order as a job of the queue: submitted by whoever hears of the order, run by a worker.
--
--   c8run submit --id 'order PO-7001' examples/queued_production.lua PO-7001 300
--   c8run worker --emulator --until-empty
--   c8run queue show 'order PO-7001'
--
-- The job's id is the order's: however often it is submitted, it runs once. Its write is a step of a flow, so that a
-- worker may be killed at any moment: the next one goes on where it was, and makes nothing twice.

local c8 = require "c8"
local flow = require "c8.flow"
local log = require "c8.log"

local number, quantity = ...
assert(number and tonumber(quantity), "give the order's number and the quantity")

local NO_SUCH_ORDER = 99001001 -- the emulator's code: put the one of your documentation here

--- The order, or nil where the platform says that there is none. That it cannot be asked is an error, not an answer.
local function find_order()
  local ok, result = pcall(c8.production.orders.get, { orderNo = number })
  if ok then
    return result
  elseif result.code == NO_SUCH_ORDER then
    return nil
  end
  error(result, 0)
end

return flow.run("production " .. number, function(f)
  local order = f:step("create", function()
    return c8.production.orders.create {
      orderNo = number,
      productCode = "SKU-1001",
      quantity = math.tointeger(tonumber(quantity)),
    }
  end, { verify = find_order })
  log.info("order made", { order = order.orderNo, id = order.orderId })
  print(("order %s: %d pieces"):format(order.orderNo, order.quantity))
  return { order = order.orderNo, id = order.orderId }
end)
