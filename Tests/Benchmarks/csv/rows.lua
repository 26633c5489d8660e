-- c8run rows.lua FILE list|named: reads all rows; prints the CPU seconds, and what tells that they were right.
local csv = require "c8.csv"
local path, way = ...
local count, sum = 0, 0
local begin = os.clock()
if way == "named" then
  for row in csv.rows(path) do
    count, sum = count + 1, sum + #row.remark
  end
else
  for row in csv.rows(path, { header = false }) do
    count, sum = count + 1, sum + #row[5]
  end
end
print(("%.6f %d:%d"):format(os.clock() - begin, count, sum))
