#!/usr/bin/env c8run
-- The day's production: each order of a table is made, gets its codes from a file, and is counted on the platform.
--
--   c8run --allow-read=examples/data/production,rejected --allow-write=rejected examples/daily_production.lua
--     [examples/data/production/orders.csv [rejected]]
--
-- The table has an order on each line: orderNo, productCode, quantity, codes (a file beside the table, a code on each
-- line). Codes that were not accepted are written to a table for each order in the folder `rejected`.
--
-- Run it as often as you like. An order is a flow: killed at any moment and started again, it goes on where it was; one
-- that is done is not touched again; lines that were added to the table are new orders.
--
-- needs: --allow-read=examples/data/production,rejected --allow-write=rejected

local c8 = require "c8"
local csv = require "c8.csv"
local flow = require "c8.flow"
local fs = require "c8.fs"
local log = require "c8.log"

local table_path = ... or "examples/data/production/orders.csv"
local report_folder = select(2, ...) or "rejected"
local input_folder = table_path:match("^(.*)/[^/]*$") or "."

local NO_SUCH_ORDER = 99001001 -- the emulator's code: put the one of your documentation here

--- The order, or nil where the platform says that there is none. That it cannot be asked is an error, not an answer.
local function find_order(number)
  local ok, result = pcall(c8.production.orders.get, { orderNo = number })
  if ok then
    return result
  elseif result.code == NO_SUCH_ORDER then
    return nil
  end
  error(result, 0)
end

--- Makes one order, from its row of the table to the last code, and returns what the platform counts then.
local function produce(row)
  return flow.run("production " .. row.orderNo, function(f)
    f:step("create", function()
      return c8.production.orders.create {
        orderNo = row.orderNo, productCode = row.productCode, quantity = math.tointeger(row.quantity),
      }
    end, { verify = function() return find_order(row.orderNo) end })
    local sums = f:step("upload", function()
      return c8.upload {
        operation = "production.offline.upload_codes",
        file = input_folder .. "/" .. row.codes,
        field = "codes",
        body = { orderNo = row.orderNo },
        batch = 20, -- small, for a small example: 1000 is usual
        pattern = ("%w"):rep(32),
        on_reject = ("%s/%s.csv"):format(report_folder, row.orderNo),
      }
    end)
    local order = f:step("count", function() return find_order(row.orderNo) end)
    return { uploaded = order.uploaded, quantity = order.quantity, rejected = sums.rejected }
  end)
end

fs.mkdir(report_folder, { parents = true })
local incomplete = 0
for row, line in csv.rows(table_path) do
  local ok, done = pcall(produce, row)
  if ok then
    print(("%s: %d of %d codes, %d rejected"):format(row.orderNo, done.uploaded, done.quantity, done.rejected))
  else
    -- The other orders do not depend on this one; it is tried again by the next run.
    log.error("an order could not be made", { order = row.orderNo, line = line, problem = tostring(done) })
  end
  if not ok or done.uploaded < done.quantity then
    incomplete = incomplete + 1
  end
end
print(incomplete == 0 and "all orders are complete" or "orders that are not complete: " .. incomplete)
os.exit(incomplete == 0 and 0 or 1)
