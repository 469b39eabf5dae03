//! The texts that cells name by their numbers: so many are in memory, the others lie sealed in a file without a name.
//! Programs number texts as they come, so that what the next cells name is nearly always at hand.

use super::super::{SheetError, Vault};
use std::{
    collections::HashMap,
    fs::File,
    io::{Read, Seek, SeekFrom, Write},
    mem,
};

/// Bytes of texts that are put aside and brought back together.
const BLOCK_BYTES: usize = 16 * 1024;
/// Bytes of texts that are in memory.
const MEMORY_BYTES: usize = 16 * 1024 * 1024;
/// Bytes of the number that says where a text ends.
const END_BYTES: usize = size_of::<u32>();

/// The texts of a workbook, by their numbers from 0.
pub(super) struct Texts<'v, V> {
    vault: &'v V,
    /// How many there are.
    count: usize,
    blocks: Vec<Place>,
    held: HashMap<usize, Held>,
    held_bytes: usize,
    most_held_bytes: usize,
    /// What is not a whole block yet.
    open: Block,
    aside: Option<File>,
    aside_bytes: u64,
    /// How often a block was asked for.
    uses: u64,
}

/// A block of texts.
struct Place {
    /// The number of its first text.
    first: usize,
    /// Where it lies aside, and how many bytes it has there.
    aside: Option<(u64, usize)>,
}

/// A block in memory.
struct Held {
    block: Block,
    last_use: u64,
}

/// Texts behind one another, and where each ends.
#[derive(Debug, Default, PartialEq, Eq)]
struct Block {
    texts: String,
    ends: Vec<u32>,
}

impl<'v, V: Vault> Texts<'v, V> {
    pub(super) fn new(vault: &'v V) -> Self {
        Self::with_memory(vault, MEMORY_BYTES)
    }

    fn with_memory(vault: &'v V, most_held_bytes: usize) -> Self {
        Self {
            vault,
            count: 0,
            blocks: Vec::new(),
            held: HashMap::new(),
            held_bytes: 0,
            most_held_bytes,
            open: Block::default(),
            aside: None,
            aside_bytes: 0,
            uses: 0,
        }
    }

    /// Adds the next text.
    ///
    /// # Errors
    /// If it has to be put aside and cannot be.
    pub(super) fn push(&mut self, text: &str) -> Result<(), SheetError> {
        self.open.push(text)?;
        self.count += 1;
        if self.open.bytes() < BLOCK_BYTES { Ok(()) } else { self.close_block() }
    }

    /// The text of a number; `None` if there is none.
    ///
    /// # Errors
    /// If it was put aside and cannot be brought back.
    pub(super) fn get(&mut self, number: usize) -> Result<Option<&str>, SheetError> {
        if !self.open.ends.is_empty() {
            self.close_block()?;
        }
        let at = self.blocks.partition_point(|block| block.first <= number);
        let Some(at) = at.checked_sub(1).filter(|_| number < self.count) else { return Ok(None) };
        if !self.held.contains_key(&at) {
            let block = self.bring_back(at)?;
            self.hold(at, block)?;
        }
        self.uses += 1;
        let first = self.blocks[at].first;
        let Some(held) = self.held.get_mut(&at) else { return Ok(None) };
        held.last_use = self.uses;
        Ok(held.block.get(number - first))
    }

    fn close_block(&mut self) -> Result<(), SheetError> {
        let (at, block) = (self.blocks.len(), mem::take(&mut self.open));
        self.blocks.push(Place { first: self.count - block.ends.len(), aside: None });
        self.hold(at, block)
    }

    /// Keeps a block in memory, instead of those that nobody asked for the longest.
    fn hold(&mut self, at: usize, block: Block) -> Result<(), SheetError> {
        self.uses += 1;
        self.held_bytes += block.bytes();
        self.held.insert(at, Held { block, last_use: self.uses });
        while self.held_bytes > self.most_held_bytes && self.held.len() > 1 {
            let oldest = self.held.iter().min_by_key(|(_, held)| held.last_use).map(|(at, _)| *at);
            let Some((oldest, held)) = oldest.and_then(|oldest| self.held.remove_entry(&oldest)) else { break };
            self.held_bytes -= held.block.bytes();
            self.put_aside(oldest, &held.block)?;
        }
        Ok(())
    }

    /// Puts a block aside, if it does not lie there already.
    fn put_aside(&mut self, at: usize, block: &Block) -> Result<(), SheetError> {
        if self.blocks[at].aside.is_some() {
            return Ok(());
        }
        let sealed = self.vault.close(at, &block.to_bytes())?;
        let begin = self.aside_bytes;
        if self.aside.is_none() {
            self.aside = Some(tempfile::tempfile().map_err(SheetError::failed)?);
        }
        let Some(file) = &mut self.aside else { return Err(SheetError::Failed) };
        file.seek(SeekFrom::Start(begin)).map_err(SheetError::failed)?;
        file.write_all(&sealed).map_err(SheetError::failed)?;
        self.aside_bytes += sealed.len() as u64;
        self.blocks[at].aside = Some((begin, sealed.len()));
        Ok(())
    }

    fn bring_back(&mut self, at: usize) -> Result<Block, SheetError> {
        let (Some((begin, length)), Some(file)) = (self.blocks[at].aside, &mut self.aside) else {
            return Err(SheetError::Failed);
        };
        let mut sealed = vec![0; length];
        file.seek(SeekFrom::Start(begin)).map_err(SheetError::failed)?;
        file.read_exact(&mut sealed).map_err(SheetError::failed)?;
        Block::from_bytes(&self.vault.open(at, &sealed)?).ok_or(SheetError::Failed)
    }
}

impl Block {
    fn bytes(&self) -> usize {
        self.texts.len() + self.ends.len() * END_BYTES
    }

    fn push(&mut self, text: &str) -> Result<(), SheetError> {
        self.texts.push_str(text);
        self.ends.push(u32::try_from(self.texts.len()).map_err(|_| SheetError::TooLarge)?);
        Ok(())
    }

    fn get(&self, at: usize) -> Option<&str> {
        let end = |at: usize| self.ends.get(at).map(|end| *end as usize);
        let begin = at.checked_sub(1).map_or(Some(0), end)?;
        self.texts.get(begin..end(at)?)
    }

    /// How many texts, where each ends, and the texts.
    fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(self.bytes() + END_BYTES);
        bytes.extend((self.ends.len() as u32).to_le_bytes());
        self.ends.iter().for_each(|end| bytes.extend(end.to_le_bytes()));
        bytes.extend(self.texts.as_bytes());
        bytes
    }

    fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (count, rest) = bytes.split_first_chunk::<END_BYTES>()?;
        let (ends, texts) = rest.split_at_checked(u32::from_le_bytes(*count) as usize * END_BYTES)?;
        let ends = ends.as_chunks::<END_BYTES>().0.iter().map(|end| u32::from_le_bytes(*end)).collect();
        Some(Self { texts: String::from_utf8(texts.to_vec()).ok()?, ends })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Turns every byte over, and knows for which block.
    struct Turned;

    impl Vault for Turned {
        fn close(&self, block: usize, plain: &[u8]) -> Result<Vec<u8>, SheetError> {
            Ok(plain.iter().map(|byte| !byte).chain([block as u8]).collect())
        }

        fn open(&self, block: usize, sealed: &[u8]) -> Result<Vec<u8>, SheetError> {
            let (last, sealed) = sealed.split_last().ok_or(SheetError::Failed)?;
            assert_eq!(*last, block as u8, "another block");
            Ok(sealed.iter().map(|byte| !byte).collect())
        }
    }

    fn text(number: usize) -> String {
        format!("{number} {}", "张".repeat(number % 40))
    }

    #[test]
    fn what_does_not_fit_into_memory_is_put_aside_and_found_again_in_any_order() {
        let mut texts = Texts::with_memory(&Turned, 3 * BLOCK_BYTES);
        for number in 0..20_000 {
            texts.push(&text(number)).unwrap();
        }
        assert!(texts.held_bytes <= 3 * BLOCK_BYTES + BLOCK_BYTES && texts.blocks.len() > 20, "{}", texts.held_bytes);
        for number in (0..20_000).chain((0..20_000).rev().step_by(7)).chain([0, 19_999, 1, 19_998]) {
            assert_eq!(texts.get(number).unwrap(), Some(text(number).as_str()));
        }
        assert!(texts.held_bytes <= 4 * BLOCK_BYTES);
        assert_eq!(texts.get(20_000).unwrap(), None);
    }

    #[test]
    fn a_few_texts_are_never_put_aside() {
        let mut texts = Texts::new(&Turned);
        assert_eq!(texts.get(0).unwrap(), None);
        texts.push("").unwrap();
        texts.push("张秀英").unwrap();
        assert_eq!(texts.get(0).unwrap(), Some(""));
        assert_eq!(texts.get(1).unwrap(), Some("张秀英"));
        assert!(texts.aside.is_none());
    }

    proptest! {
        #[test]
        fn a_block_comes_back_as_it_was(written in proptest::collection::vec(".{0,12}", 0..40)) {
            let mut block = Block::default();
            for text in &written {
                block.push(text).unwrap();
            }
            let back = Block::from_bytes(&block.to_bytes()).unwrap();
            prop_assert_eq!(&back, &block);
            for (at, text) in written.iter().enumerate() {
                prop_assert_eq!(back.get(at), Some(text.as_str()));
            }
        }
    }
}
