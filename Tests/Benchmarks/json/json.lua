-- json.lua NAME decode|encode ROUNDS: prints the CPU seconds, and what tells that the values were right. Under c8run
-- with c8.json, under lua5.4 with lua-cjson.
local name, way, rounds = ...
local own, json = pcall(require, "c8.json")
if not own then json = require "cjson" end

-- The same numbers in each run, and in both.
local seed = 7
local function random(n)
  seed = (seed * 1103515245 + 12345) % 2147483648
  return seed % n + 1
end

local function repeated(count, make)
  local parts = {}
  for i = 1, count do parts[i] = make(i) end
  return table.concat(parts, ",")
end

local function digits(count)
  return (("%09d"):format(random(999999999)):rep(4):sub(1, count))
end

local chinese = { "生产订单", "经销商", "出库", "数量", "杭州市余杭区", "已完成", "待审核", "防伪码", "溯源体系", "物流单号" }

-- Text, and how often it is worked on in a round.
local texts = {
  envelopes = function()
    return [[{"code":200,"message":"ok","data":{"list":[{"orderNo":"PO-2031","quantity":500,"done":true,"price":12.5},]]
      .. [[{"orderNo":"PO-2032","quantity":750,"done":false,"price":0.25}],"total":2,"pageNum":1,"pageSize":20},]]
      .. [["timestamp":1677737429715,"traceId":"5f2b8a1c9d7e4f60","exception":null,"meta":null,"ext":null}]], 10000
  end,
  records = function()
    return "[" .. repeated(11000, function(i)
      return ([[{"id":1%s,"orderNo":"PO-%d","productCode":"SKU-%d","quantity":%d,"weight":%d.5,"state":"done",]]
        .. [["at":"2026-11-26T06:30:00Z","dealerName":"dealer %d","remark":null}]]):format(
        digits(18), i, random(9000), random(100000), random(1000), random(500))
    end) .. "]", 2
  end,
  codes = function()
    return "[" .. repeated(60000, function() return '"' .. digits(32) .. '"' end) .. "]", 3
  end,
  deep = function()
    return ([[{"a":[1,]]):rep(50) .. "0" .. ("]}"):rep(50), 8000
  end,
  chinese = function()
    return "[" .. repeated(6000, function(i)
      local words = {}
      for word = 1, 12 do words[word] = chinese[random(#chinese)] end
      return ([[{"名称":"%s","备注":"%s","序号":%d}]]):format(words[1], table.concat(words, "，"), i)
    end) .. "]", 4
  end,
}

-- Sums what a value holds. Not the least digits of numbers: lua-cjson makes floats of them all, and writes 14 digits.
local function weigh(value)
  local kind = type(value)
  if kind == "table" then
    local sum = 1
    for key, item in pairs(value) do
      sum = sum + weigh(item) + (type(key) == "string" and #key or 1)
    end
    return sum
  elseif kind == "string" then
    return #value
  elseif kind == "number" then
    return #("%.3g"):format(value)
  end
  return 1
end

local text, times = texts[name]()
times = times * rounds
local result
if way == "decode" then
  local decode = json.decode
  local begin = os.clock()
  for _ = 1, times do result = decode(text) end
  print(os.clock() - begin, weigh(result))
else
  local encode, value = json.encode, json.decode(text)
  local begin = os.clock()
  for _ = 1, times do result = encode(value) end
  print(os.clock() - begin, weigh(json.decode(result)))
end
