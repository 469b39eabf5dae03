//! Reads QR codes of up to 57 modules a side (ISO/IEC 18004, versions 1 to 10, level M) that are printed without a
//! fault: there is nothing to correct.

/// Codewords for correction are of no use here; of each version, the lengths of its blocks of data.
const BLOCKS: [&[(usize, usize)]; 10] = [
    &[(1, 16)],
    &[(1, 28)],
    &[(1, 44)],
    &[(2, 32)],
    &[(2, 43)],
    &[(4, 27)],
    &[(4, 31)],
    &[(2, 38), (2, 39)],
    &[(3, 36), (2, 37)],
    &[(4, 43), (1, 44)],
];
/// Where the centres of alignment patterns lie, beside the line at 6.
const ALIGNED: [&[usize]; 10] = [&[], &[18], &[22], &[26], &[30], &[34], &[22, 38], &[24, 42], &[26, 46], &[28, 50]];
/// What the format's bits are mixed with.
const FORMAT_MASK: u32 = 0x5412;
const ALPHANUMERIC: &[u8] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

/// The symbol: whether a module at a row and a column is dark.
pub(crate) struct Symbol {
    size: usize,
    dark: Vec<bool>,
}

impl Symbol {
    /// Looks at a picture whose edges are those of the symbol: `is_dark` is asked at fractions of its height and width.
    pub(crate) fn seen(is_dark: impl Fn(f64, f64) -> bool) -> Option<Self> {
        (1..=BLOCKS.len()).find_map(|version| {
            let size = 17 + 4 * version;
            let at = |place: usize| (place as f64 + 0.5) / size as f64;
            let modules = (0..size * size).map(|place| is_dark(at(place / size), at(place % size)));
            Some(Self { size, dark: modules.collect() }).filter(Self::is_whole)
        })
    }

    fn is_dark(&self, row: usize, column: usize) -> bool {
        self.dark[row * self.size + column]
    }

    /// Whether the patterns that every symbol has are there.
    fn is_whole(&self) -> bool {
        let end = self.size - 7;
        let finders = [(0, 0), (0, end), (end, 0)].iter().all(|(top, left)| {
            (0..49).all(|place| {
                let (row, column) = (place / 7, place % 7);
                let from_edge = row.min(column).min(6 - row).min(6 - column);
                self.is_dark(top + row, left + column) == (from_edge != 1)
            })
        });
        finders && (8..end - 1).all(|at| self.is_dark(6, at) == (at % 2 == 0) && self.is_dark(at, 6) == (at % 2 == 0))
    }

    fn version(&self) -> usize {
        (self.size - 17) / 4
    }

    /// Whether a module belongs to a pattern and to no codeword.
    fn is_pattern(&self, row: usize, column: usize) -> bool {
        let (near, far) = (9, self.size - 8);
        let is_corner = (row < near && (column < near || column >= far)) || (row >= far && column < near);
        let is_beside = |at: usize| (self.size - 11..far).contains(&at);
        let is_version = self.version() >= 7 && ((row < 6 && is_beside(column)) || (column < 6 && is_beside(row)));
        let mut centres = vec![6];
        centres.extend(ALIGNED[self.version() - 1]);
        let last = centres[centres.len() - 1];
        let is_aligned = centres.iter().any(|top| {
            centres.iter().any(|left| {
                let is_finder = [(6, 6), (6, last), (last, 6)].contains(&(*top, *left));
                !is_finder && row.abs_diff(*top) <= 2 && column.abs_diff(*left) <= 2
            })
        });
        is_corner || is_version || is_aligned || row == 6 || column == 6
    }

    /// The level's two bits and the number of the mask.
    fn format(&self) -> (u32, u32) {
        let row = [0, 1, 2, 3, 4, 5, 7, 8].map(|column| self.is_dark(8, column));
        let column = [7, 5, 4, 3, 2, 1, 0].map(|row| self.is_dark(row, 8));
        let bits =
            row.into_iter().chain(column).fold(0, |bits, is_dark| (bits << 1) | u32::from(is_dark)) ^ FORMAT_MASK;
        (bits >> 13, (bits >> 10) & 7)
    }

    fn codewords(&self) -> Vec<u8> {
        let (_, mask) = self.format();
        let mut bits = Vec::new();
        let mut is_upward = true;
        let mut right = self.size - 1;
        while right > 0 {
            if right == 6 {
                right = 5;
            }
            for step in 0..self.size {
                let row = if is_upward { self.size - 1 - step } else { step };
                for column in [right, right - 1] {
                    if !self.is_pattern(row, column) {
                        bits.push(self.is_dark(row, column) != is_masked(mask, row, column));
                    }
                }
            }
            is_upward = !is_upward;
            right = right.saturating_sub(2);
        }
        bits.chunks_exact(8).map(|bits| bits.iter().fold(0, |byte, bit| (byte << 1) | u8::from(*bit))).collect()
    }

    /// What the symbol says.
    pub(crate) fn text(&self) -> String {
        assert_eq!(self.format().0, 0, "level M");
        let groups = BLOCKS[self.version() - 1];
        let lengths: Vec<usize> = groups.iter().flat_map(|(count, length)| vec![*length; *count]).collect();
        let mut blocks = vec![Vec::new(); lengths.len()];
        let mut codewords = self.codewords().into_iter();
        for at in 0..lengths.iter().copied().max().unwrap() {
            for (block, length) in blocks.iter_mut().zip(&lengths) {
                if at < *length {
                    block.push(codewords.next().unwrap());
                }
            }
        }
        read(&mut Bits { bytes: blocks.concat(), at: 0 }, self.version() < 10)
    }
}

/// Whether the mask turns a module over.
fn is_masked(mask: u32, row: usize, column: usize) -> bool {
    let product = row * column;
    let left = match mask {
        0 => (row + column) % 2,
        1 => row % 2,
        2 => column % 3,
        3 => (row + column) % 3,
        4 => (row / 2 + column / 3) % 2,
        5 => product % 2 + product % 3,
        6 => (product % 2 + product % 3) % 2,
        _ => ((row + column) % 2 + product % 3) % 2,
    };
    left == 0
}

struct Bits {
    bytes: Vec<u8>,
    at: usize,
}

impl Bits {
    fn take(&mut self, count: usize) -> usize {
        let bit = |at: usize| usize::from(self.bytes.get(at / 8).is_some_and(|byte| byte & (0x80 >> (at % 8)) != 0));
        let value = (self.at..self.at + count).fold(0, |value, at| (value << 1) | bit(at));
        self.at += count;
        value
    }
}

/// Reads one stretch after the other: digits, capitals or bytes.
fn read(bits: &mut Bits, is_small: bool) -> String {
    let mut text = Vec::new();
    while bits.at + 4 <= bits.bytes.len() * 8 {
        match bits.take(4) {
            1 => {
                let mut left = bits.take(if is_small { 10 } else { 12 });
                while left > 0 {
                    let digits = left.min(3);
                    let value = bits.take([0, 4, 7, 10][digits]);
                    text.extend(format!("{value:0digits$}").bytes());
                    left -= digits;
                }
            }
            2 => {
                let mut left = bits.take(if is_small { 9 } else { 11 });
                while left > 0 {
                    if left == 1 {
                        text.push(ALPHANUMERIC[bits.take(6)]);
                        left = 0;
                    } else {
                        let pair = bits.take(11);
                        text.extend([ALPHANUMERIC[pair / 45], ALPHANUMERIC[pair % 45]]);
                        left -= 2;
                    }
                }
            }
            4 => {
                let count = bits.take(if is_small { 8 } else { 16 });
                text.extend((0..count).map(|_| u8::try_from(bits.take(8)).unwrap()));
            }
            _ => break,
        }
    }
    String::from_utf8(text).unwrap()
}

/// The symbol of the standard's Annex I.
const ANNEX_I: &str = "
    #######..#.##.#######
    #.....#..####.#.....#
    #.###.#.#.....#.###.#
    #.###.#.##....#.###.#
    #.###.#.#.###.#.###.#
    #.....#.#...#.#.....#
    #######.#.#.#.#######
    ........#..##........
    #.#####..#..#.#####..
    ...#.#.##.#.#..#.##..
    ..#...##.#.#.#..#####
    ....#....#.....####..
    ...######..#.#..#....
    ........#.#####..##..
    #######..##.#.##.....
    #.....#.#.#####...#.#
    #.###.#.#...#..#.##..
    #.###.#.##..#..#.....
    #.###.#.#.##.#..#.#..
    #.....#........##.##.
    #######.####.#..#.#..";

#[test]
fn the_symbol_of_the_standard_is_read() {
    let dark = ANNEX_I.chars().filter(|letter| !letter.is_whitespace()).map(|letter| letter == '#').collect();
    let symbol = Symbol { size: 21, dark };
    assert!(symbol.is_whole());
    assert_eq!(symbol.text(), "01234567");
}
