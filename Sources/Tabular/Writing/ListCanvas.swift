internal import CPango

/// One Pango layout on one Cairo surface, which draws every cell of a list.
///
/// A class, for it owns the C objects.
final class ListCanvas {
    private let surface: OpaquePointer
    private let cairo: OpaquePointer
    private let layout: OpaquePointer
    private let fonts: [Font: OpaquePointer]

    enum Font: String, CaseIterable {
        case body = "Sans 7.5"
        case heading = "Sans Bold 7.5"
        case title = "Sans Bold 13"
        case small = "Sans 7"
    }

    /// Draws on `surface`, which it takes over.
    init?(surface: OpaquePointer) {
        guard let cairo = cairo_create(surface), let layout = pango_cairo_create_layout(cairo) else {
            return nil
        }
        self.surface = surface
        self.cairo = cairo
        self.layout = layout
        var fonts: [Font: OpaquePointer] = [:]
        for font in Font.allCases { fonts[font] = pango_font_description_from_string(font.rawValue) }
        self.fonts = fonts
        // A point is a unit here: the default would take 96 units for an inch.
        pango_cairo_context_set_resolution(pango_layout_get_context(layout), 72)
        pango_layout_set_single_paragraph_mode(layout, 1)
        pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_END)
    }

    deinit {
        for font in fonts.values { pango_font_description_free(font) }
        g_object_unref(UnsafeMutableRawPointer(layout))
        cairo_destroy(cairo)
        cairo_surface_destroy(surface)
    }

    /// The width that the text takes when nothing cuts it.
    func width(of text: String, _ font: Font) -> Double {
        set(text, font, width: -1)
        var (width, height): (Int32, Int32) = (0, 0)
        pango_layout_get_size(layout, &width, &height)
        return Double(width) / Double(PANGO_SCALE)
    }

    /// Draws the text in a box of that width, its top at `y`, cut with an ellipsis where it is too long.
    func draw(_ text: String, _ font: Font, x: Double, y: Double, width: Double, toRight: Bool = false) {
        guard !text.isEmpty, width > 1 else { return }
        set(text, font, width: Int32(width * Double(PANGO_SCALE)))
        pango_layout_set_alignment(layout, toRight ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT)
        cairo_set_source_rgb(cairo, 0.1, 0.1, 0.12)
        cairo_move_to(cairo, x, y)
        pango_cairo_show_layout(cairo, layout)
    }

    func fill(x: Double, y: Double, width: Double, height: Double, gray: Double) {
        cairo_set_source_rgb(cairo, gray, gray, gray)
        cairo_rectangle(cairo, x, y, width, height)
        cairo_fill(cairo)
    }

    func endPage() { cairo_show_page(cairo) }

    /// Writes what is left of the file; afterwards nothing can be drawn.
    func finish() throws(TableFileError) {
        cairo_surface_finish(surface)
        let status = cairo_surface_status(surface)
        guard status == CAIRO_STATUS_SUCCESS else { throw .drawing(code: Int(status.rawValue)) }
    }

    private func set(_ text: String, _ font: Font, width: Int32) {
        var text = text
        text.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) { characters in
                pango_layout_set_text(layout, characters.baseAddress, Int32(characters.count))
            }
        }
        pango_layout_set_font_description(layout, fonts[font])
        pango_layout_set_width(layout, width)
    }
}
