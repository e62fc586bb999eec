//! Loading a file of deliveries that is large against what the ledger holds: the ledger's indexes are built
//! after the rows, references are proven here instead of by the engine, and one thread reads, checks and
//! resolves while the other writes. The result is the same as row by row; a file with anything doubtful in
//! it (a fault, a key used twice) is undone and read again row by row, which says what is wrong.

use super::book::{Book, Sums};
use super::desk::Desk;
use super::kind::Kind;
use super::lines::{Cells, Lines};
use super::report::{RowResult, Snapshot, Verdict};
use super::run::{Pass, WasRead, places};
use super::source::Source;
use crate::audit::EntriesDigest;
use crate::error::{AtPath, Result, codes};
use crate::hub::entries::EntryRun;
use crate::store::sqlite::{CompactEntry, Total};
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};

/// Files below this are quicker row by row; above it the whole import runs with references proven here.
pub(super) const LEAST_BYTES: u64 = 1 << 20;
/// What a line of deliveries takes at least, for the guess how many there are.
const BYTES_PER_ROW: u64 = 80;
/// Rows that travel together from thread to thread.
const BATCH: usize = 2048;
/// How many full batches may wait.
const WAITING: usize = 4;

/// Rows on their way to the writer; their texts are in one piece of memory.
#[derive(Debug, Default)]
pub(super) struct Batch {
    pub entries: Vec<CompactEntry>,
    /// Line of each entry, and whether it is one with the entry before (a part of the same draw).
    pub lines: Vec<(u64, bool)>,
    pub text: String,
    /// How many bytes of the file were read when it was full.
    taken: u64,
}

/// What the reader found.
struct Found {
    was_read: WasRead,
    book: Book,
    digest: EntriesDigest,
    entries: i64,
}

/// Loads the file, if this way is worth it and the file has nothing doubtful.
pub(super) fn load(desk: &mut Desk<'_, '_, '_>, source: &Source) -> Result<Option<WasRead>> {
    let mut cells = Cells::default();
    let mut lines = Lines::open(source, true)?;
    let Some(Ok(())) = lines.header(&mut cells).at(&source.path)? else {
        return Ok(None);
    };
    let places = places(desk, Kind::Deliveries, source, &cells)?;
    let newest = desk.reading().newest_entry()?;
    if !is_worth(desk, source, &places, newest)? {
        return Ok(None);
    }
    let run = desk.run.clone();
    let told = desk.tally.snapshot();
    desk.at.mark()?;
    let recording = desk.run.recording(desk.at)?;
    let reader = Reader {
        book: Book::open(desk, places, cells.len(), lines.has_mark)?,
        lines,
        path: source.path.clone(),
        digest: EntriesDigest::default(),
        next: newest + 1,
    };
    let indexes = desk.at.drop_ledger_indexes()?;
    let found = exchange(desk, source, reader, (recording, newest))?;
    let Some(found) = found.filter(|found| found.entries > 0) else {
        return give_up(desk, run, told);
    };
    add_up(desk, &found.book)?;
    if !desk.at.make_ledger_indexes(&indexes)? {
        return give_up(desk, run, told);
    }
    desk.at.keep_mark()?;
    desk.run.bulk(newest + 1, newest + found.entries, found.digest);
    Ok(Some(found.was_read))
}

fn give_up(desk: &mut Desk<'_, '_, '_>, run: EntryRun, told: Snapshot) -> Result<Option<WasRead>> {
    desk.at.undo_mark()?;
    desk.run = run;
    desk.tally.go_back(told);
    Ok(None)
}

/// Large itself, large against what is there, and not the same file again. A plan or a result file wants
/// every row told for good as it is judged, which a load that may be undone cannot do.
fn is_worth(desk: &Desk<'_, '_, '_>, source: &Source, places: &[Option<usize>], newest: i64) -> Result<bool> {
    let rows = i64::try_from(source.length() / BYTES_PER_ROW).unwrap_or(i64::MAX);
    if source.length() < LEAST_BYTES || rows < newest || desk.tally.watch().wants_rows() {
        return Ok(false);
    }
    if newest == 0 {
        return Ok(true);
    }
    let (mut lines, mut cells) = (Lines::open(source, false)?, Cells::default());
    let _ = lines.header(&mut cells).at(&source.path)?;
    if !matches!(lines.row(&mut cells).at(&source.path)?, Some(Ok(()))) {
        return Ok(false);
    }
    let layout = Kind::Deliveries.layout();
    let cell = |name: &str| {
        let place = layout.place(name).and_then(|place| places[place]);
        let bytes = place
            .filter(|place| *place < cells.len())
            .map(|place| cells.get(place));
        bytes
            .and_then(|bytes| std::str::from_utf8(bytes).ok())
            .filter(|text| !text.is_empty())
    };
    let source = desk
        .reading()
        .source_key(cell("source").unwrap_or(super::kinds::DEFAULT_SOURCE))?;
    let (Some(source), Some(key)) = (source, cell("source_key")) else {
        return Ok(true);
    };
    Ok(desk.reading().entry_by_key(source, key)?.is_none())
}

/// Reads on one thread and writes on this one; none when the reader found something doubtful.
fn exchange(
    desk: &mut Desk<'_, '_, '_>,
    source: &Source,
    reader: Reader,
    (recording, newest): (i64, i64),
) -> Result<Option<Found>> {
    std::thread::scope(|scope| {
        let (full, to_write) = sync_channel(WAITING);
        let (emptied, to_fill) = channel();
        let reading = scope.spawn(move || reader.read(&full, &to_fill));
        let written = write(desk, source, (recording, newest), &to_write, &emptied);
        drop(to_write);
        let found = reading
            .join()
            .map_err(|_| codes::STORE_FAILED.error("the reading of the file broke off"))?;
        written?;
        found
    })
}

fn write(
    desk: &mut Desk<'_, '_, '_>,
    source: &Source,
    (recording, newest): (i64, i64),
    full: &Receiver<Batch>,
    emptied: &Sender<Batch>,
) -> Result<()> {
    let length = source.length();
    let mut writer = desk.at.ledger_loader(recording, newest)?;
    for batch in full {
        for entry in &batch.entries {
            writer.put(entry, &batch.text)?;
        }
        desk.tally.watch().progress(&source.name, batch.taken, length);
        tell(&mut desk.tally, source, &batch)?;
        // The reader may have ended meanwhile and needs no empty batch any more.
        let _ = emptied.send(batch);
    }
    writer.finish()
}

/// Counts the rows; the first ones are kept for showing.
fn tell(tally: &mut super::report::Tally<'_>, source: &Source, batch: &Batch) -> Result<()> {
    let mut quiet = 0;
    for (place, (line, _)) in batch
        .lines
        .iter()
        .enumerate()
        .filter(|(_, (_, is_part))| !is_part)
    {
        if !tally.wants_new() {
            quiet += 1;
            continue;
        }
        tally.row(RowResult {
            file: source.name.clone(),
            line: *line,
            kind: Kind::Deliveries,
            outcome: Verdict::Created,
            key: batch.entries[place].key(&batch.text).to_owned(),
            column: None,
            reason: "new".to_owned(),
            fix: String::new(),
            code: None,
        })?;
    }
    tally.bulk(Kind::Deliveries, Verdict::Created, quiet);
    Ok(())
}

fn add_up(desk: &mut Desk<'_, '_, '_>, book: &Book) -> Result<()> {
    for (id, name) in &book.new_sources {
        desk.at.put_source(*id, name)?;
    }
    let mut sums: Vec<(&(i64, i64), &Sums)> = book.sums.iter().collect();
    sums.sort_by_key(|(key, _)| **key);
    for ((entitlement_id, workspace_id), sum) in sums {
        desk.at.add_to_total(&Total {
            entitlement_id: *entitlement_id,
            workspace_id: *workspace_id,
            consumed: sum.consumed,
            entries: sum.entries,
            last_day: sum.last_day,
        })?;
    }
    Ok(())
}

struct Reader {
    book: Book,
    lines: Lines,
    path: std::path::PathBuf,
    digest: EntriesDigest,
    next: i64,
}

impl Reader {
    fn read(mut self, full: &SyncSender<Batch>, to_fill: &Receiver<Batch>) -> Result<Option<Found>> {
        let first = self.next;
        let (mut cells, mut batch, mut left_over) = (Cells::default(), Batch::default(), false);
        loop {
            let more = self.lines.row(&mut cells).at(&self.path)?;
            if let Some(split) = more {
                if split.is_err() {
                    return Ok(None);
                }
                match self.book.enter(&cells, &mut batch) {
                    Entered::Taken => {}
                    Entered::Later => left_over = true,
                    Entered::Doubtful => return Ok(None),
                }
            }
            if batch.entries.len() >= BATCH || more.is_none() {
                self.hash(&batch);
                batch.taken = self.lines.taken();
                let mut next = to_fill.try_recv().unwrap_or_default();
                next.clear();
                if full.send(std::mem::replace(&mut batch, next)).is_err() {
                    // The writer has failed and says why.
                    return Ok(None);
                }
            }
            if more.is_none() {
                break;
            }
        }
        Ok(Some(Found {
            was_read: WasRead {
                sha256: self.lines.sha256(),
                left_over,
            },
            book: self.book,
            digest: self.digest,
            entries: self.next - first,
        }))
    }

    fn hash(&mut self, batch: &Batch) {
        for entry in &batch.entries {
            self.digest.add(&entry.content(self.next, &batch.text));
            self.next += 1;
        }
    }
}

/// What became of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Entered {
    Taken,
    /// A correction: it is read again when what it corrects is there.
    Later,
    /// Anything that is not plainly right.
    Doubtful,
}

impl Batch {
    fn clear(&mut self) {
        self.entries.clear();
        self.lines.clear();
        self.text.clear();
    }

    /// Puts a text in; answers where it stands.
    pub fn keep(&mut self, text: &str) -> (u32, u32) {
        let start = self.text.len();
        self.text.push_str(text);
        let place = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        (place(start), place(self.text.len()))
    }
}

/// Which pass over the file a bulk load stands for.
pub(super) fn may_load(kind: Kind, pass: Pass) -> bool {
    kind == Kind::Deliveries && pass == Pass::First
}
