-- Sends HTTP requests that were made beforehand, each once: wrk measures the server, not the making of requests.
--
-- Arguments: PREFIX, then "repeat" when the file may start over, else "once", then maybe KEPT. Thread n reads PREFIX.n:
-- the length of a request on a line of its own, then its bytes; and writes KEPT.n: of each answer Location, tab,
-- Set-Cookie. At the end one line of JSON is printed.

local threads = {}

function setup(thread)
  table.insert(threads, thread)
  thread:set("number", #threads)
end

function init(arguments)
  path = arguments[1] .. "." .. number
  over_again = arguments[2] == "repeat"
  file = assert(io.open(path, "rb"))
  exhausted = 0
  if arguments[3] then
    keep(assert(io.open(arguments[3] .. "." .. number, "wb")))
  end
end

-- Without a `response`, wrk does not collect headers, which is quicker.
function keep(output)
  function response(status, headers)
    local kept = {}
    for name, value in pairs(headers) do
      kept[name:lower()] = value
    end
    output:write(kept["location"] or "", "\t", kept["set-cookie"] or "", "\n")
  end
end

function request()
  local length = file:read("*n")
  if not length then
    if not over_again then
      exhausted = exhausted + 1
    end
    file:seek("set", 0)
    length = file:read("*n")
  end
  file:read(1)
  return file:read(length)
end

function done(summary, latency, requests)
  local over = 0
  for _, thread in ipairs(threads) do
    over = over + (thread:get("exhausted") or 0)
  end
  local errors = summary.errors
  print(string.format(
    '{"requests": %d, "microseconds": %d, "p50_us": %d, "p99_us": %d, "max_us": %d, "exhausted": %d, ' ..
    '"refused": %d, "broken": %d}',
    summary.requests, summary.duration, latency:percentile(50), latency:percentile(99), latency.max, over,
    errors.status, errors.connect + errors.read + errors.write + errors.timeout))
end
