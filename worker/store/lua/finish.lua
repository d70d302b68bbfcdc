-- Ends a job with its report or its error; `report`, `error`, `outline`, `details`, `search_facts` and `page_pictures` are empty
-- if they do not exist.
--
-- `max_failed_bytes` is empty unless another try may help: then the document is kept if there is room. `work_seconds` is
-- how long workers were busy with the job, which its owner is charged for. `items` are names of metrics, each followed by
-- the number to add.
-- Answers 1 if this call ended the job, 0 if it had ended before or was deleted: the first result stays.
local job_id, report = given.job_id, given.report
local state, error, max_failed_bytes = given.state, given.error, given.max_failed_bytes
local job_key, document_key = names.job .. job_id, names.document .. job_id

local state_before, request_key, result_key, roles_digest, scored_before =
  unpack(redis.call('HMGET', job_key, 'state', 'request', 'result', 'roles', 'anew'))
if has_ended(state_before) then return 0 end

if scored_before and state == 'failed' then state, error, max_failed_bytes = 'done', '', '' end  -- it keeps the report that it has
redis.call('HDEL', job_key, 'anew')
redis.call('HSET', job_key, 'state', state, 'finished_at', given.finished_at)
if report ~= '' then
  redis.call('SET', names.report .. job_id, report, 'EX', seconds.record)
  redis.call('HSET', job_key, 'outline', given.outline, 'details', given.details)
  keep_with_report(names.search_facts, job_id, given.search_facts)
  keep_with_report(names.page_pictures, job_id, given.page_pictures)  -- a job that was scored before has them already
  local kept_bytes = redis.call('STRLEN', names.scored_roles .. job_id) + redis.call('STRLEN', names.page_pictures .. job_id)
  uncount_part('report', job_key)
  local row_bytes = #given.outline + #given.details
  count_part('report', job_key, job_id, #report + row_bytes + #given.search_facts + kept_bytes, seconds.record)
  if result_key then
    redis.call('SET', result_key, given.versions .. (roles_digest or '') .. ' ' .. job_id, 'EX', seconds.record)
  end
end
if error ~= '' then redis.call('HSET', job_key, 'error', error) end
keep_job(job_id)
if request_key then redis.call('EXPIRE', request_key, seconds.record) end

uncount_part('document', job_key)
if max_failed_bytes == '' then
  redis.call('DEL', document_key)
else
  keep_failed(job_key, job_id, document_key, max_failed_bytes)
end
redis.call('DEL', names.lease .. job_id, names.clean)
redis.call('HINCRBY', names.metrics, 'attempts', redis.call('HGET', job_key, 'attempts'))
for i = 1, #items, 2 do redis.call('HINCRBYFLOAT', names.metrics, items[i], items[i + 1]) end
redis.call('ZREM', names.pending, job_id)
local owner = name_owner(job_key)
remove_from_turns(owner, job_id)
charge(owner, math.max(0, given.work_seconds - START_SECONDS))
note_end_of_job(job_key, job_id)
return 1
