//! A table for people.

use token_desk::text::visible;

/// Lines up the cells under their heads, two spaces apart. Characters that can't be seen are written out.
pub fn table(heads: &[&str], rows: &[Vec<String>]) -> String {
    let rows: Vec<Vec<String>> =
        rows.iter().map(|row| row.iter().map(|cell| visible(cell)).collect()).collect();
    let width = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count());
        cells.chain([heads[column].chars().count()]).max().unwrap_or_default()
    };
    let widths: Vec<usize> = (0..heads.len()).map(width).collect();
    let heads: Vec<String> = heads.iter().map(|head| head.to_uppercase()).collect();
    let lines = std::iter::once(&heads).chain(&rows).map(|row| line(row, &widths));
    lines.collect::<Vec<_>>().concat()
}

fn line(cells: &[String], widths: &[usize]) -> String {
    let padded = cells.iter().zip(widths).map(|(cell, &width)| {
        let missing = width.saturating_sub(cell.chars().count());
        format!("{cell}{}", " ".repeat(missing))
    });
    let line = padded.collect::<Vec<_>>().join("  ");
    format!("{}\n", line.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_stand_under_their_heads() {
        let rows = [
            vec!["t-1".into(), "café".into(), String::new()],
            vec!["t-200".into(), "x".into(), "y".into()],
        ];
        assert_eq!(
            table(&["id", "name", "use"], &rows),
            "ID     NAME  USE\nt-1    café\nt-200  x     y\n"
        );
    }

    #[test]
    fn a_name_cannot_write_to_the_terminal() {
        let shown = table(&["name"], &[vec!["a\u{1b}[2Jb\nc".into()]]);
        assert!(!shown.contains('\u{1b}') && shown.lines().count() == 2, "{shown:?}");
    }
}
