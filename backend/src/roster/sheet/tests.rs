use super::*;
use encoding_rs::GB18030;
use std::io::Cursor;

const LIST: &str = "排摸表,,\r\n\r\n姓名,身份证号,备注\r\n张秀英,330199198503140022,\"两\n行\"\r\n王五,x,\r\n";

fn first_rows(bytes: &[u8], wanted: usize) -> Result<Vec<Row>, SheetError> {
    let mut rows = Vec::new();
    read_rows(&mut Cursor::new(bytes), &InMemory, |row| {
        rows.push(row);
        if rows.len() < wanted { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    })?;
    Ok(rows)
}

fn rows(bytes: &[u8]) -> Vec<(u32, Vec<String>)> {
    let rows = first_rows(bytes, 100).unwrap();
    rows.into_iter().map(|(row, cells)| (row, cells.into_iter().map(|cell| cell.text).collect())).collect()
}

fn utf_16(text: &str) -> Vec<u8> {
    [0xFF, 0xFE].into_iter().chain(unmarked_utf_16(text, u16::to_le_bytes)).collect()
}

fn unmarked_utf_16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(bytes).collect()
}

#[test]
fn a_list_is_read_in_every_encoding_with_the_rows_of_a_spreadsheet() {
    let marked = [b"\xEF\xBB\xBF", LIST.as_bytes()].concat();
    let unmarked = [u16::to_le_bytes, u16::to_be_bytes].map(|bytes| unmarked_utf_16(LIST, bytes));
    let [little, big] = unmarked;
    for bytes in [LIST.as_bytes().to_vec(), marked, utf_16(LIST), little, big, GB18030.encode(LIST).0.into_owned()] {
        let rows = rows(&bytes);
        assert_eq!(rows.iter().map(|row| row.0).collect::<Vec<_>>(), [1, 2, 3, 4, 5]);
        assert_eq!(rows[3].1, ["张秀英", "330199198503140022", "两\n行"]);
    }
    assert_eq!(
        rows(
            b"a;b;c
d;e,f;g"
        )[1]
        .1,
        ["d", "e,f", "g"]
    );
}

#[test]
fn a_broken_character_is_no_reason_to_refuse_the_rest() {
    let mut bytes = GB18030.encode("姓名,备注\r\n张秀英,好\r\n王五,\u{b}x\r\n").0.into_owned();
    bytes.extend(b"\xff,y\r\n\x1a");
    let rows = rows(&bytes);
    assert_eq!(rows[1].1, ["张秀英", "好"]);
    assert_eq!(rows[2].1, ["王五", " x"]);
    assert_eq!(rows[3].1, ["\u{fffd}", "y"]);
}

#[test]
fn a_quotation_mark_that_is_never_closed_swallows_nothing() {
    let list = format!("姓名,备注\n张秀英,\"高\"\n王五,\"她说\n{}", "李四,x\n".repeat(30));
    let rows = rows(list.as_bytes());
    assert_eq!(rows.len(), 33);
    assert_eq!((&rows[1].1[0], &rows[2].1[0], &rows[32].1[0]), (&"张秀英".into(), &"王五".into(), &"李四".into()));
}

#[test]
fn a_text_of_many_parts_is_read_as_one() {
    // Characters of three bytes, so that parts end within them; the last row has no end.
    let row = format!("{},330199198503140022\n", "张".repeat(101));
    for list in [row.repeat(2_000), format!("姓名,备注\n{}王五,\"多\n行\"", row.repeat(1_000))] {
        for bytes in [list.as_bytes().to_vec(), GB18030.encode(&list).0.into_owned(), utf_16(&list)] {
            let rows = first_rows(&bytes, usize::MAX).unwrap();
            assert_eq!(rows.len(), list.lines().count() - usize::from(list.ends_with('"')), "a line break in a cell");
            assert!(rows[1..1_000].iter().all(|row| row.1[0].text == "张".repeat(101)));
            assert_eq!(rows.last().unwrap().0 as usize, rows.len());
        }
    }
}

#[test]
fn what_is_no_sheet_is_refused() {
    for bytes in
        [&b"\x89PNG\r\n\x1a\n\0\0"[..], b"PK\x03\x04nothing", &[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 1]]
    {
        assert_eq!(first_rows(bytes, 1), Err(SheetError::NotASheet));
    }
    let long = "a,b\n".repeat(200_001);
    assert_eq!(first_rows(long.as_bytes(), usize::MAX), Err(SheetError::TooLarge));
    let wide = format!("a,{}\n", "b".repeat(MAX_ROW_BYTES));
    assert_eq!(first_rows(wide.as_bytes(), 1), Err(SheetError::TooLarge));
}

#[test]
fn an_old_workbook_is_read_too() {
    let rows = first_rows(include_bytes!("list.xls"), 9).unwrap();
    assert_eq!(rows.iter().map(|row| row.0).collect::<Vec<_>>(), [2, 3]);
    let texts: Vec<_> = rows[1].1.iter().map(|cell| cell.text.as_str()).collect();
    assert_eq!(texts, ["", "张秀英", "330199198503140030", "1985-03-14"], "the number is not what it was");
    assert!(rows[1].1[2].is_number);
}

#[test]
fn an_old_workbook_with_a_cell_in_the_last_corner_is_too_large_and_takes_no_memory() {
    let mut bytes = include_bytes!("list.xls").to_vec();
    let number = bytes.windows(4).position(|record| record == [0x03, 0x02, 14, 0]).unwrap();
    bytes[number + 4..number + 8].copy_from_slice(&[0xFF, 0xFF, 0xFF, 0x00]);
    assert_eq!(first_rows(&bytes, 1), Err(SheetError::TooLarge));
    for length in [512, 1_000, 3_000] {
        assert_eq!(first_rows(&bytes[..length], 1), Err(SheetError::NotASheet), "cut off after {length} bytes");
    }
}
