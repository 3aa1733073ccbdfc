/// Shares a page's width among columns: each gets what it needs if there is room; else the small ones keep
/// their need and the others share the rest evenly.
enum ListWidths {
    static func share(_ needs: [Double], width: Double) -> [Double] {
        let total = needs.reduce(0, +)
        guard total > 0 else { return needs }
        if total <= width {
            // Spare room goes to all in proportion, so that the table fills the page.
            return needs.map { $0 * width / total }
        }
        var shares = needs
        var open = Set(needs.indices)
        var rest = width
        while !open.isEmpty {
            let fair = rest / Double(open.count)
            let small = open.filter { needs[$0] <= fair }
            if small.isEmpty {
                for index in open { shares[index] = fair }
                break
            }
            for index in small { rest -= needs[index] }
            open.subtract(small)
        }
        return shares
    }
}
