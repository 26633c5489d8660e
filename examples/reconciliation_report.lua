#!/usr/bin/env c8run
-- Reconciliation: every production order of the platform in a table for the office, those with missing codes marked.
--
--   c8run --allow-write=reconciliation.csv examples/reconciliation_report.lua [reconciliation.csv [status]]
--
-- The table opens in Excel as it is, and is written whole or not at all: who opens it never sees half of it. With a
-- status (created, producing or completed), it has those of that status alone. Ends with 1 where codes are missing.
--
-- needs: --allow-write=reconciliation.csv

local c8 = require "c8"
local csv = require "c8.csv"

local path, status = ...
local columns = { "orderNo", "productCode", "status", "quantity", "uploaded", "missing", "mark", "createTime" }

local orders, different, missing = 0, 0, 0
do
  local report <close> = csv.write(path or "reconciliation.csv", { header = columns, bom = true, line_end = "crlf" })
  for order in c8.pages("production.orders.list", { status = status }) do
    local gap = order.quantity - order.uploaded
    order.missing, order.mark = gap, gap ~= 0 and "<<<" or ""
    local row = {}
    for _, name in ipairs(columns) do
      row[name] = order[name]
    end
    report:row(row)
    orders = orders + 1
    if gap ~= 0 then
      different, missing = different + 1, missing + gap
    end
  end
end
print(("%d orders, %d of them with %d codes missing"):format(orders, different, missing))
os.exit(different == 0 and 0 or 1)
