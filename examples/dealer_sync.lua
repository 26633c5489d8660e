#!/usr/bin/env c8run
-- Dealers and stores from a spreadsheet: what is missing is made, what differs is changed, the rest is left alone.
--
--   c8run --emulator --allow-read=examples/data/dealers examples/dealer_sync.lua [examples/data/dealers]
--
-- The folder holds dealers.csv and stores.csv, saved from Excel as "CSV": the encoding (UTF-8 or GB18030) is found out.
-- Columns that are not named below are passed over.
--
-- needs: --allow-read=examples/data/dealers

local c8 = require "c8"
local csv = require "c8.csv"
local task = require "c8.task"
local folder = ... or "examples/data/dealers"
local batch_size = 50

-- The platform's names (the emulator's here: put those of your documentation), and the columns that they come from.
local dealer_columns = { dealerCode = "经销商编号", name = "名称", region = "区域", principal = "负责人" }
local store_columns = { storeCode = "门店编号", name = "名称", dealerCode = "经销商编号", manager = "店长" }

--- The rows of a table as the platform's records, in lists of at most `batch_size`.
local function batches(path, columns)
  return coroutine.wrap(function()
    local batch, wanted = {}, {}
    for _, column in pairs(columns) do
      wanted[#wanted + 1] = column
    end
    for row in csv.rows(path, { columns = wanted }) do -- a column that is missing is an error
      local record = {}
      for field, column in pairs(columns) do
        record[field] = row[column]
      end
      batch[#batch + 1] = record
      if #batch == batch_size then
        coroutine.yield(batch)
        batch = {}
      end
    end
    if #batch > 0 then coroutine.yield(batch) end
  end)
end

local function differs(record, there)
  for field, value in pairs(record) do
    if there[field] ~= value then return true end
  end
  return false
end

--- Brings a batch of dealers to the platform, as far as it has them otherwise, and counts them in `sums`.
local function sync_dealers(batch, sums)
  local codes, known = {}, {}
  for i, dealer in ipairs(batch) do
    codes[i] = dealer.dealerCode
  end
  for _, dealer in ipairs(c8.dealers.find_by_codes({ dealerCodes = codes }).records) do
    known[dealer.dealerCode] = dealer
  end
  local changed = {}
  for _, dealer in ipairs(batch) do
    local there = known[dealer.dealerCode]
    local fate = not there and "created" or differs(dealer, there) and "updated" or "unchanged"
    sums[fate] = sums[fate] + 1
    if fate ~= "unchanged" then changed[#changed + 1] = dealer end
  end
  if #changed > 0 then
    c8.dealers.sync { dealers = changed }
  end
end

local dealers, stores = { created = 0, updated = 0, unchanged = 0 }, 0
local options = { concurrency = 4 }
task.each(batches(folder .. "/dealers.csv", dealer_columns), options, function(batch) sync_dealers(batch, dealers) end)
-- The catalogue has no way to look stores up: all are sent, which changes nothing where nothing is new.
task.each(batches(folder .. "/stores.csv", store_columns), options, function(batch)
  c8.stores.sync { stores = batch }
  stores = stores + #batch
end)
print(("dealers: %d created, %d updated, %d unchanged; stores: %d sent"):format(
  dealers.created, dealers.updated, dealers.unchanged, stores))
