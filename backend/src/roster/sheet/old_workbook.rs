//! How much memory a workbook of old programs would take as a table, before one is made of it: one cell in the last
//! corner takes as much as all cells before it. The file is a compound file of sectors (MS-CFB), its workbook a row of
//! records (MS-XLS).

use super::SheetError;

/// Cells that the tables of all sheets may have together, those included in which nothing stands.
const MAX_CELLS: u64 = 3_000_000;
/// Sheets that a workbook may have.
const MAX_SHEETS: usize = 255;
/// Rows and columns that such a sheet has.
const GRID: (u32, u16) = (65_536, 256);

/// Ends a chain of sectors. Numbers from [`RESERVED`] on are none of sectors.
const END: u32 = 0xFFFF_FFFE;
const RESERVED: u32 = 0xFFFF_FFFA;
/// Bytes of a sector in which short streams lie, and from what length on a stream has sectors of its own.
const SHORT_SECTOR: usize = 64;
const LONG_STREAM: usize = 4096;
/// Bytes that describe one stream.
const ENTRY: usize = 128;

/// Refuses a workbook whose tables would be too large.
///
/// # Errors
/// If it is, or if the file is broken.
pub(super) fn check_size(bytes: &[u8]) -> Result<(), SheetError> {
    let stream = workbook(bytes).ok_or(SheetError::NotASheet)?;
    let cells = cells(&stream).ok_or(SheetError::NotASheet)?;
    if cells > MAX_CELLS { Err(SheetError::TooLarge) } else { Ok(()) }
}

/// The cells that the tables of all sheets have.
fn cells(workbook: &[u8]) -> Option<u64> {
    let sheets = records(workbook).take_while(|(kind, _)| *kind != kind::END).filter(|(kind, _)| *kind == kind::SHEET);
    let sheets: Vec<usize> = sheets.map(|(_, content)| long(content, 0)).collect::<Option<_>>()?;
    if sheets.len() > MAX_SHEETS {
        return None;
    }
    let tables = sheets.into_iter().map(|begin| table(workbook.get(begin..)?));
    tables.sum()
}

/// The cells of a table that holds every cell of a sheet.
fn table(sheet: &[u8]) -> Option<u64> {
    let (mut is_begun, mut depth, mut rows, mut columns) = (false, 0_u32, 0_u64, 0_u64);
    for (kind, content) in records(sheet) {
        match kind {
            // A chart that is embedded has an end of its own.
            kind::BEGIN if is_begun => depth += 1,
            kind::BEGIN => is_begun = true,
            kind::END if depth == 0 => break,
            kind::END => depth -= 1,
            kind::DIMENSIONS => check_dimensions(content)?,
            kind::NUMBER
            | kind::LABEL
            | kind::RICH_LABEL
            | kind::TRUTH
            | kind::SHORT_NUMBER
            | kind::SHARED_LABEL
            | kind::FORMULA
            | kind::NUMBERS => {
                let last = if kind == kind::NUMBERS { content.len().checked_sub(2)? } else { 2 };
                rows = rows.max(u64::from(short(content, 0)?) + 1);
                columns = columns.max(u64::from(short(content, last)?) + 1);
            }
            _ => {}
        }
    }
    Some(rows * columns)
}

/// What the program that wrote a sheet says of its size: not true, but memory is set aside for it.
fn check_dimensions(content: &[u8]) -> Option<()> {
    let (first, end, columns) = match content.len() {
        10 => (u32::from(short(content, 0)?), u32::from(short(content, 2)?), short(content, 6)?),
        14 | 16 => {
            (u32::try_from(long(content, 0)?).ok()?, u32::try_from(long(content, 4)?).ok()?, short(content, 10)?)
        }
        _ => return None,
    };
    (first <= end && end <= GRID.0 && columns <= GRID.1).then_some(())
}

/// Kinds of records.
mod kind {
    pub(super) const FORMULA: u16 = 0x0006;
    pub(super) const END: u16 = 0x000A;
    pub(super) const SHEET: u16 = 0x0085;
    pub(super) const NUMBERS: u16 = 0x00BD;
    pub(super) const RICH_LABEL: u16 = 0x00D6;
    pub(super) const SHARED_LABEL: u16 = 0x00FD;
    pub(super) const DIMENSIONS: u16 = 0x0200;
    pub(super) const NUMBER: u16 = 0x0203;
    pub(super) const LABEL: u16 = 0x0204;
    pub(super) const TRUTH: u16 = 0x0205;
    pub(super) const SHORT_NUMBER: u16 = 0x027E;
    pub(super) const BEGIN: u16 = 0x0809;
}

/// The records of a stream: kind and content.
fn records(mut rest: &[u8]) -> impl Iterator<Item = (u16, &[u8])> {
    std::iter::from_fn(move || {
        let (kind, length) = (short(rest, 0)?, usize::from(short(rest, 2)?));
        let content = rest.get(4..4 + length)?;
        rest = &rest[4 + length..];
        Some((kind, content))
    })
}

/// The stream of a compound file that holds the workbook.
fn workbook(bytes: &[u8]) -> Option<Vec<u8>> {
    let size = match short(bytes, 30)? {
        9 => 512,
        12 => 4096,
        _ => return None,
    };
    let sectors = Sectors { bytes: bytes.get(size..)?, size };
    let next = allocation(bytes, &sectors)?;
    let entries = sectors.chain(number(bytes, 48)?, &next, usize::MAX)?;
    let entry = |name: &str| entries.chunks_exact(ENTRY).find(|entry| is_named(entry, name));
    let found = entry("workbook").or_else(|| entry("book"))?;
    let (begin, length) = (number(found, 116)?, long(found, 120)?);
    if length >= LONG_STREAM {
        return sectors.chain(begin, &next, length);
    }
    let root = entries.get(..ENTRY)?;
    let short_ones = sectors.chain(number(root, 116)?, &next, long(root, 120)?)?;
    let next = sectors.chain(number(bytes, 60)?, &next, long(bytes, 64)?.checked_mul(size)?)?;
    Sectors { bytes: &short_ones, size: SHORT_SECTOR }.chain(begin, &numbers(&next).collect::<Vec<_>>(), length)
}

/// For each sector the one that follows it.
fn allocation(bytes: &[u8], sectors: &Sectors<'_>) -> Option<Vec<u32>> {
    let mut listed: Vec<u32> = numbers(bytes.get(76..512)?).collect();
    let (mut further, mut left) = (number(bytes, 68)?, sectors.count());
    while further < RESERVED {
        left = left.checked_sub(1)?;
        listed.extend(numbers(sectors.at(further)?));
        further = listed.pop()?;
    }
    let mut next = Vec::new();
    for sector in listed.into_iter().filter(|sector| *sector < RESERVED) {
        next.extend(numbers(sectors.at(sector)?));
        // No file has more than one number for each of its sectors, up to a full sector of numbers.
        if next.len() > sectors.count() + sectors.size {
            return None;
        }
    }
    Some(next)
}

fn is_named(entry: &[u8], name: &str) -> bool {
    let letters = entry[..64].chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]]));
    let letters = letters.take_while(|letter| *letter != 0);
    char::decode_utf16(letters).map(|letter| letter.unwrap_or_default().to_ascii_lowercase()).eq(name.chars())
}

/// The parts that streams are made of.
struct Sectors<'a> {
    bytes: &'a [u8],
    size: usize,
}

impl Sectors<'_> {
    const fn count(&self) -> usize {
        self.bytes.len().div_ceil(self.size)
    }

    /// One sector; the last of a file may be cut off.
    fn at(&self, number: u32) -> Option<&[u8]> {
        let begin = usize::try_from(number).ok()?.checked_mul(self.size)?;
        let end = begin.checked_add(self.size)?.min(self.bytes.len());
        self.bytes.get(begin..end).filter(|sector| !sector.is_empty())
    }

    /// The sectors of a stream one after the other, as far as it is long.
    fn chain(&self, begin: u32, next: &[u32], length: usize) -> Option<Vec<u8>> {
        let (mut stream, mut sector, mut left) = (Vec::new(), begin, self.count());
        while sector != END && stream.len() < length {
            // A chain that bites its tail has no end.
            left = left.checked_sub(1)?;
            stream.extend_from_slice(self.at(sector)?);
            sector = *next.get(usize::try_from(sector).ok()?)?;
        }
        stream.truncate(length);
        Some(stream)
    }
}

fn short(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..)?.first_chunk::<2>().map(|bytes| u16::from_le_bytes(*bytes))
}

fn number(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..)?.first_chunk::<4>().map(|bytes| u32::from_le_bytes(*bytes))
}

/// A number that counts bytes.
fn long(bytes: &[u8], at: usize) -> Option<usize> {
    usize::try_from(number(bytes, at)?).ok()
}

fn numbers(bytes: &[u8]) -> impl Iterator<Item = u32> {
    bytes.as_chunks::<4>().0.iter().map(|bytes| u32::from_le_bytes(*bytes))
}
