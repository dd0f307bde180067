-- wrk -s paced-tokens.lua URL -- FILE RATE STATUS: so many requests a second, spread evenly, each with the token of the next
-- line. Where all connections wait for an answer, what is due waits too.
local ffi = require("ffi")
ffi.cdef("typedef struct { long seconds, nanoseconds; } timespec; int clock_gettime(int clock, timespec *now);")

local threads, requests, due, first = {}, {}, 0, nil
local clock = ffi.new("timespec")
sent, busy, wrong = 0, 0, 0

local function milliseconds()
  ffi.C.clock_gettime(1, clock) -- CLOCK_MONOTONIC
  return tonumber(clock.seconds) * 1e3 + tonumber(clock.nanoseconds) / 1e6
end

function setup(thread)
  threads[#threads + 1] = thread
end

function init(args)
  rate, expected = tonumber(args[2]), tonumber(args[3])
  for token in io.lines(args[1]) do
    requests[#requests + 1] = wrk.format("GET", nil, { ["Authorization"] = "Bearer " .. token })
  end
end

function delay()
  local now = milliseconds()
  first = first or now
  due = due + 1
  return math.max(0, math.floor(first + due / rate * 1e3 - now))
end

function request()
  sent = sent + 1
  return requests[(sent - 1) % #requests + 1]
end

function response(status)
  if status == 503 then
    busy = busy + 1
  elseif status ~= expected then
    wrong = wrong + 1
  end
end

function done(summary, latency, _)
  local errors, counted = summary.errors, threads[1]
  local failed = errors.connect + errors.read + errors.write + errors.timeout
  local report = '{"answered":%d,"seconds":%.6f,"failed":%d,"busy":%d,"wrong":%d,"p99":%.3f}\n'
  local p99 = latency:percentile(99) / 1e3
  local busy, wrong = counted:get("busy"), counted:get("wrong")
  io.write(string.format(report, summary.requests, summary.duration / 1e6, failed, busy, wrong, p99))
end
