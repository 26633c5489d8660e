"""What the database itself writes down: who made each entry of a step, and whose the flow was at that moment."""

statements = """
    CREATE TABLE public.entry (flow bigint, key text, state text, writes bigint, fence bigint, owner integer, writer text,
        at timestamptz DEFAULT clock_timestamp());
    GRANT ALL ON public.entry TO PUBLIC;
    CREATE FUNCTION public.note() RETURNS trigger LANGUAGE plpgsql AS $body$
    BEGIN
        INSERT INTO public.entry
        SELECT NEW.flow, NEW.key, NEW.state, NEW.writes, fence, owner_process, current_setting('application_name')
        FROM c8run.flow WHERE number = NEW.flow;
        RETURN NULL;
    END $body$;
    CREATE TRIGGER note AFTER INSERT OR UPDATE ON c8run.step FOR EACH ROW EXECUTE FUNCTION public.note();
"""


def begin(database, name):
    database.ask(statements, name)


def judge(database, name, runners):
    """What was written by somebody else than the flow's owner, or with a fence below one that was there before."""
    processes = {runner.name: runner.process.pid for runner in runners}
    rows = database.ask("SELECT flow, key, fence, owner, writer FROM public.entry ORDER BY at", name)
    wrong, highest = [], {}
    for flow, key, fence, owner, writer in rows:
        if processes.get(writer) != int(owner):
            wrong.append(f"flow {flow}, step {key}: written by {writer} ({processes.get(writer)}), owned by {owner}")
        if int(fence) < highest.get(flow, 0):
            wrong.append(f"flow {flow}, step {key}: written with fence {fence} after {highest[flow]}")
        highest[flow] = max(highest.get(flow, 0), int(fence))
    return len(rows), sum(highest.values()), wrong
