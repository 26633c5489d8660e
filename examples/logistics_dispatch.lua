#!/usr/bin/env c8run
-- Dispatch: what the scanners of the warehouse have read goes to the platform as logistics orders, and is completed.
--
--   c8run --allow-read=examples/data/production,refused --allow-write=refused examples/logistics_dispatch.lua
--     [examples/data/production/scans.csv [refused]]
--
-- The table has a line for each scan: orderNo, dealerCode, productionOrderNo, code; an order's lines may be anywhere in
-- it. The example's codes are those of examples/daily_production.lua: run that first, on the same emulator.
--
-- An order is a flow: killed at any moment and started again, it goes on where it was. It is completed when all of its
-- codes were taken; else it is held, and the codes that were refused are in a table in the folder `refused`.
--
-- needs: --allow-read=examples/data/production,refused --allow-write=refused

local c8 = require "c8"
local csv = require "c8.csv"
local flow = require "c8.flow"
local fs = require "c8.fs"
local scans = ... or "examples/data/production/scans.csv"
local report_folder = select(2, ...) or "refused"
local NO_SUCH_ORDER = 99002001 -- the emulator's code: put the one of your documentation here

--- The order, or nil where the platform says that there is none. That it cannot be asked is an error, not an answer.
local function find_order(number)
  local ok, result = pcall(c8.logistics.orders.get, { orderNo = number })
  if ok then
    return result
  elseif result.code == NO_SUCH_ORDER then
    return nil
  end
  error(result, 0)
end

--- The codes of one order, read from the file as they are wanted.
local function codes_of(number)
  return coroutine.wrap(function()
    for row in csv.rows(scans, { columns = { "orderNo", "code" } }) do
      if row.orderNo == number then
        coroutine.yield(row.code)
      end
    end
  end)
end

--- Makes, loads and completes one order.
local function dispatch(row)
  return flow.run("dispatch " .. row.orderNo, function(f)
    f:step("create", function()
      return c8.logistics.orders.create {
        orderNo = row.orderNo, dealerCode = row.dealerCode, productionOrderNo = row.productionOrderNo,
      }
    end, { verify = function() return find_order(row.orderNo) end })
    local sums = f:step("load", function()
      return c8.upload {
        operation = "logistics.offline.upload_codes", rows = codes_of(row.orderNo), field = "codes",
        body = { orderNo = row.orderNo }, batch = 20, on_reject = ("%s/%s.csv"):format(report_folder, row.orderNo),
      }
    end)
    if sums.rejected > 0 then
      return { status = "held", codes = find_order(row.orderNo).codes, refused = sums.rejected }
    end
    return f:step("complete", function() return c8.logistics.orders.complete { orderNo = row.orderNo } end, {
      verify = function()
        local order = find_order(row.orderNo)
        return order and order.status == "completed" and order or nil
      end,
    })
  end)
end

fs.mkdir(report_folder, { parents = true })
local seen = {}
for row in csv.rows(scans) do
  if not seen[row.orderNo] then
    seen[row.orderNo] = true
    local order = dispatch(row)
    print(("%s to %s: %s with %d codes, %d refused"):format(
      row.orderNo, row.dealerCode, order.status, order.codes, order.refused or 0))
  end
end
