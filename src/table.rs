//! Text tables for people.

/// What stands for a line break inside a cell.
const LINE_BREAK: &str = " ⏎ ";
/// Longer cells are cut, in characters.
pub(crate) const WIDEST: usize = 160;

/// A line for the header and one for each row, columns aligned by spaces.
pub(crate) fn table<const N: usize>(header: [&str; N], rows: &[[String; N]]) -> String {
    let header = header.map(str::to_owned);
    let lines: Vec<[String; N]> = std::iter::once(&header)
        .chain(rows)
        .map(|row| row.each_ref().map(|text| cell(text)))
        .collect();
    let width = |column: usize| {
        let cells = lines.iter().map(|row| row[column].chars().count());
        cells.max().unwrap_or_default()
    };
    let widths: [usize; N] = std::array::from_fn(width);
    let mut text = String::new();
    for row in &lines {
        let padded = row.iter().zip(widths).map(|(cell, width)| {
            let space = width - cell.chars().count();
            format!("{cell}{}", " ".repeat(space))
        });
        let line = padded.collect::<Vec<_>>().join("  ");
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

fn cell(text: &str) -> String {
    let line = text.trim().lines().collect::<Vec<_>>().join(LINE_BREAK);
    // What a command prints must not move the cursor of who reads the table.
    let mut cell: String = line
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    if let Some((end, _)) = cell.char_indices().nth(WIDEST) {
        cell.truncate(end);
        cell.push('…');
    }
    cell
}

#[cfg(test)]
mod tests {
    use super::table;

    #[test]
    fn columns_are_aligned_and_each_row_is_a_line() {
        let rows = [
            ["27".to_owned(), "one\ntwo\n".to_owned()],
            ["no-such".to_owned(), String::new()],
        ];
        insta::assert_snapshot!(table(["VERSION", "OUTPUT"], &rows), @r"
        VERSION  OUTPUT
        27       one ⏎ two
        no-such
        ");
    }

    #[test]
    fn control_characters_and_endless_cells_do_not_reach_the_terminal() {
        let rows = [["\u{1b}[2J".to_owned() + &"x".repeat(1000)]];
        let text = table(["OUTPUT"], &rows);
        assert!(!text.contains('\u{1b}'));
        assert!(text.lines().all(|line| line.chars().count() <= 161));
    }
}
