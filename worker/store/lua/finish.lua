-- Ends a job with its report or its error; `report`, `error`, `outline`, `details`, `search_facts` and `page_pictures` are empty
-- if they do not exist.
--
-- `max_failed_bytes` is empty unless another try may help: then the document is kept if there is room. `work_seconds` is
-- how long workers were busy with the job, which its owner is charged for. `items` are names of metrics, each followed by
-- the number to add.
-- Answers 1 if this call ended the job, 0 if it had ended before or was deleted: the first result stays. A job that is scored
-- again and fails keeps the report that it has, and ends as done.
local job_id, report = given.job_id, given.report
local job_key, document_key = names.job .. job_id, names.document .. job_id
local state_before, request_key, result_key, roles_digest, is_scored_again =
  unpack(redis.call('HMGET', job_key, 'state', 'request', 'result', 'roles', 'anew'))

-- Stores the report with what is kept beside it, and counts their bytes. A job that was scored before has its pictures.
local function store_report()
  redis.call('SET', names.report .. job_id, report, 'EX', seconds.record)
  redis.call('HSET', job_key, 'outline', given.outline, 'details', given.details)
  keep_with_report(names.search_facts, job_id, given.search_facts)
  keep_with_report(names.page_pictures, job_id, given.page_pictures)
  local new_bytes = #report + #given.outline + #given.details + #given.search_facts
  local kept_bytes = redis.call('STRLEN', names.scored_roles .. job_id) + redis.call('STRLEN', names.page_pictures .. job_id)
  uncount_part('report', job_key)
  count_part('report', job_key, job_id, new_bytes + kept_bytes, seconds.record)
  if result_key then
    redis.call('SET', result_key, given.versions .. (roles_digest or '') .. ' ' .. job_id, 'EX', seconds.record)
  end
end

local function end_document(max_failed_bytes)
  uncount_part('document', job_key)
  if max_failed_bytes == '' then
    redis.call('DEL', document_key)
  else
    keep_failed(job_key, job_id, document_key, max_failed_bytes)
  end
end

local function count_in_metrics()
  redis.call('HINCRBY', names.metrics, 'attempts', redis.call('HGET', job_key, 'attempts'))
  for i = 1, #items, 2 do redis.call('HINCRBYFLOAT', names.metrics, items[i], items[i + 1]) end
end

-- Gives the lease back, takes the job from its owner's list and charges the owner for the work.
local function end_turn()
  local owner = name_owner(job_key)
  redis.call('DEL', names.lease .. job_id)
  redis.call('ZREM', names.pending, job_id)
  remove_from_turns(owner, job_id)
  charge(owner, math.max(0, given.work_seconds - START_SECONDS))
end

if has_ended(state_before) then return 0 end
local state, error, max_failed_bytes = given.state, given.error, given.max_failed_bytes
if is_scored_again and state == 'failed' then state, error, max_failed_bytes = 'done', '', '' end
redis.call('HDEL', job_key, 'anew')
redis.call('HSET', job_key, 'state', state, 'finished_at', given.finished_at)
if error ~= '' then redis.call('HSET', job_key, 'error', error) end
if report ~= '' then store_report() end
keep_job(job_id)
if request_key then redis.call('EXPIRE', request_key, seconds.record) end
end_document(max_failed_bytes)
redis.call('DEL', names.clean)
count_in_metrics()
end_turn()
note_end_of_job(job_key, job_id)
return 1
