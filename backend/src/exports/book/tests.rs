//! Workbooks, read again.

use super::*;
use calamine::{Data, Reader, Xlsx};
use std::io::Cursor;

fn read(bytes: Vec<u8>) -> Vec<(String, Vec<Vec<Data>>)> {
    let mut book = Xlsx::new(Cursor::new(bytes)).unwrap();
    let names = book.sheet_names();
    let rows = |name: &String, book: &mut Xlsx<_>| {
        book.worksheet_range(name).unwrap().rows().map(<[Data]>::to_vec).collect::<Vec<_>>()
    };
    names.iter().map(|name| (name.clone(), rows(name, &mut book))).collect()
}

fn text(text: &str) -> Data {
    Data::String(text.to_owned())
}

#[test]
fn a_workbook_holds_the_rows_and_what_is_to_be_known_of_them() {
    let headers = ["姓名", "人数"].map(str::to_owned);
    let mut book = Book::begin(Cursor::new(Vec::new()), ["花名册", "说明"], &headers).unwrap();
    book.add(&["张秀英".into(), 3_u32.into()]).unwrap();
    book.add(&["3301991985031400".into(), Cell::Empty]).unwrap();
    book.add(&["=1+1".into(), "@x".into()]).unwrap();
    let bytes = book.end("wang", &[("行数".to_owned(), 3_u32.into())]).unwrap().into_inner();

    let sheets = read(bytes);
    assert_eq!(sheets[0].0, "花名册");
    let expected = [
        vec![text("姓名"), text("人数")],
        vec![text("张秀英"), Data::Float(3.0)],
        vec![text("3301991985031400"), Data::Empty],
        vec![text("'=1+1"), text("'@x")],
    ];
    assert_eq!(sheets[0].1, expected);
    assert_eq!(sheets[1], ("说明".to_owned(), vec![vec![text("行数"), Data::Float(3.0)]]));
}

#[test]
fn a_list_without_a_row_has_its_headers() {
    let book = Book::begin(Cursor::new(Vec::new()), ["a", "b"], &["姓名".to_owned()]).unwrap();
    let sheets = read(book.end("", &[]).unwrap().into_inner());
    assert_eq!(sheets[0].1, [vec![text("姓名")]]);
}

#[test]
fn a_mark_stands_on_every_page_and_is_no_code() {
    assert_eq!(
        page_marks("A&B <wang>"),
        "<headerFooter><oddHeader>&amp;CA&amp;&amp;B &lt;wang&gt;</oddHeader><oddFooter>&amp;LA&amp;&amp;B \
         &lt;wang&gt;&amp;R&amp;P / &amp;N</oddFooter></headerFooter>"
    );
}
