#!/usr/bin/env c8run
-- A folder for finished jobs: each new file of codes in it is uploaded once, and moved to done/. For cron:
--
--   * * * * *  c8run --allow-read=inbox --allow-write=inbox /opt/factory/watch_folder.lua inbox
--
-- A file is named after its production order, PO-0601.txt, and has a code on each line. Who puts it there writes it
-- under another name first (PO-0601.part) and then renames it, so that no half of a file is taken.
--
-- A file is known by its name and its content: one that is put there again is moved without being uploaded again, one
-- with other codes is uploaded. What fails stays, and is tried again by the next run. Two runs at a time do no harm.
--
-- needs: --allow-read=inbox --allow-write=inbox

local c8 = require "c8"
local crypto = require "c8.crypto"
local flow = require "c8.flow"
local fs = require "c8.fs"
local log = require "c8.log"

local inbox = ... or "inbox"
local done = inbox .. "/done"

--- Uploads a file, unless an earlier run has.
local function upload(path, name)
  local hash = crypto.sha256(fs.read(path))
  return flow.run(("inbox %s %s"):format(name, hash:sub(1, 16)), function(f)
    return f:step("upload", function()
      return c8.upload {
        operation = "production.offline.upload_codes",
        file = path,
        field = "codes",
        body = { orderNo = name:match("^(.*)%.txt$") },
        batch = 20, -- small, for a small example: 1000 is usual
        on_reject = ("%s/%s.rejected.csv"):format(done, name),
      }
    end)
  end, { wait = 0 })
end

fs.mkdir(done, { parents = true })
local failures = 0
for _, path in ipairs(fs.glob(inbox .. "/*.txt")) do
  local name = path:match("[^/]*$")
  local ok, problem = pcall(function()
    local sums = upload(path, name)
    -- After the flow: a run that is killed in between moves the file next time, without uploading it.
    fs.rename(path, done .. "/" .. name)
    print(("%s: uploaded, %d rejected"):format(name, sums.rejected))
  end)
  if not ok and (problem.kind == "timeout" or problem.code == "ENOENT") then
    log.info("another run has this file", { file = name })
  elseif not ok then
    failures = failures + 1
    log.error("a file could not be uploaded", { file = name, problem = tostring(problem) })
  end
end
os.exit(failures == 0 and 0 or 1)
