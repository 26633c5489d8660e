-- An envelope, decoded and encoded 2,000 times.
local json = require "c8.json"
local text = [[{"code":200,"message":"ok","data":{"list":[]]
  .. [[{"orderNo":"PO-2031","quantity":500,"done":true,"price":12.5},]]
  .. [[{"orderNo":"订单","quantity":1234567890123456789,"done":false,"remark":null}],"total":2},"traceId":"x"}]]
local result
for _ = 1, 2000 do result = json.encode(json.decode(text)) end
assert(#result > 200)
