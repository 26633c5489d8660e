-- c8run upload.lua FILE [ID]: the codes of a file, as anyone would upload them; with ID so that a later run can go on.
local c8 = require "c8"
local json = require "c8.json"

local file, id = ...
print(json.encode(c8.upload {
  operation = "production.offline.upload_codes",
  file = file,
  column = "code",
  field = "codes",
  batch = 1000,
  concurrency = 8,
  body = { orderNo = "X" },
  id = id,
}))
