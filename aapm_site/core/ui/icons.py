"""The site's icons: drawn on a grid of 20, stroke 1.5, round; always beside words, never instead of them."""

ICONS: dict[str, str] = {
    "alert": '<circle cx="10" cy="10" r="7.3"/><path d="M10 6v4.7M10 13.6v.1"/>',
    "arrow": '<path d="M3.5 10h13M12 5.5l4.5 4.5-4.5 4.5"/>',
    "auto": '<circle cx="10" cy="10" r="6.8"/><path d="M10 3.2v13.6a6.8 6.8 0 0 0 0-13.6z" fill="currentColor"/>',
    "back": '<path d="M16.5 10h-13M8 5.5 3.5 10 8 14.5"/>',
    "bell": '<path d="M5 14V9a5 5 0 0 1 10 0v5l1.5 1.5h-13zM8.5 17.5h3"/>',
    "board": '<path d="M2.5 3.5h15M4 3.5v9h12v-9M10 12.5v2.5M10 15l-3.5 3M10 15l3.5 3"/>',
    "book": '<path d="M10 5.5C8 4 5.5 3.8 3 4v11.5c2.5-.2 5 0 7 1.5 2-1.5 4.5-1.7 7-1.5V4c-2.5-.2-5 0-7 1.5z'
    'M10 5.5V17"/>',
    "bookmark": '<path d="M5 3h10v14l-5-3.6L5 17z"/>',
    "briefcase": '<path d="M3 6.5h14V16H3zM7.5 6.5V4h5v2.5M3 10.8h14"/>',
    "calendar": '<path d="M3.5 5h13v12h-13zM3.5 8.5h13M7 3v3.5M13 3v3.5"/>',
    "check": '<path d="m4 10.5 4 4 8-9"/>',
    "clock": '<circle cx="10" cy="10" r="7.3"/><path d="M10 5.8V10l3 2"/>',
    "close": '<path d="m5 5 10 10M15 5 5 15"/>',
    "copy": '<path d="M7 7h9.5v9.5H7zM13 7V3.5H3.5V13H7"/>',
    "document": '<path d="M5 2.5h7l3.5 3.5v11.5H5zM12 2.5V6h3.5M8 11h5M8 14h5"/>',
    "down": '<path d="m5 8 5 5 5-5"/>',
    "download": '<path d="M10 3v9.5M6 9l4 4 4-4M3.5 16.5h13"/>',
    "edit": '<path d="M13.5 3.5l3 3L7 16l-3.7.7L4 13zM11.5 5.5l3 3"/>',
    "external": '<path d="M8 4H4v12h12v-4M11 3.5h5.5V9M16 4l-7 7"/>',
    "eye": '<path d="M2.5 10S5.3 5 10 5s7.5 5 7.5 5-2.8 5-7.5 5-7.5-5-7.5-5z"/><circle cx="10" cy="10" r="2.2"/>',
    "feed": '<path d="M4 10a6 6 0 0 1 6 6M4 4.5A11.5 11.5 0 0 1 15.5 16"/><circle cx="4.8" cy="15.2" r=".9"/>',
    "info": '<circle cx="10" cy="10" r="7.3"/><path d="M10 9.2V14M10 6.3v.1"/>',
    "key": '<circle cx="6.5" cy="12.5" r="3.2"/><path d="m8.9 10.2 7.1-7.2M13 6l2.5 2.5"/>',
    "letters": '<path d="m2.5 15 4-10 4 10M4 11.5h5M17.5 9v6"/><circle cx="14.8" cy="12" r="2.7"/>',
    "lock": '<rect x="4" y="9" width="12" height="8" rx="1"/><path d="M6.5 9V6.5a3.5 3.5 0 0 1 7 0V9"/>',
    "mail": '<path d="M2.5 4.5h15v11h-15zM3 5l7 6 7-6"/>',
    "menu": '<path d="M3 6h14M3 10h14M3 14h14"/>',
    "minus": '<path d="M4 10h12"/>',
    "moon": '<path d="M16.5 12A7 7 0 1 1 8 3.5a5.6 5.6 0 0 0 8.5 8.5z"/>',
    "news": '<path d="M3 4h10.5v12.5H4.5A1.5 1.5 0 0 1 3 15zM13.5 7.5H17V15a1.5 1.5 0 0 1-3.5 0'
    'M5.8 7.2h5M5.8 10h5M5.8 12.8h5"/>',
    "phone": '<path d="M4 3h3.5l1.5 4-2 1.5a9 9 0 0 0 4.5 4.5l1.5-2 4 1.5V16a1.5 1.5 0 0 1-1.6 1.5'
    'A13.5 13.5 0 0 1 2.5 4.6 1.5 1.5 0 0 1 4 3z"/>',
    "pin": '<path d="M10 17.5s5.5-5 5.5-9.3a5.5 5.5 0 0 0-11 0c0 4.3 5.5 9.3 5.5 9.3z"/>'
    '<circle cx="10" cy="8" r="1.9"/>',
    "plus": '<path d="M10 4v12M4 10h12"/>',
    "print": '<path d="M6 7V3h8v4M6 14H3V7h14v7h-3M6 11.5h8V17H6z"/>',
    "pulse": '<path d="M2.5 10.5H6l2-5.5 3.5 10 2-4.5h4"/>',
    "quote": '<path d="M8 6C5.5 6.5 4 8.5 4 11v3h4v-4H6M16 6c-2.5.5-4 2.5-4 5v3h4v-4h-2"/>',
    "screen": '<path d="M2.5 4h15v10h-15zM10 14v3M6.5 17h7"/>',
    "search": '<circle cx="9" cy="9" r="5.5"/><path d="m13.2 13.2 4 4"/>',
    "speaker": '<path d="M3 8.2v3.6h2.6L13 15.5v-11L5.6 8.2zM15.8 7.6a3.4 3.4 0 0 1 0 4.8M6.2 11.9l1 4.6"/>',
    "speech": '<path d="M3 4h14v9.5H9.5L6 17v-3.5H3z"/>',
    "sun": '<circle cx="10" cy="10" r="3.3"/><path d="M10 2v2M10 16v2M2 10h2M16 10h2M4.3 4.3l1.4 1.4'
    'M14.3 14.3l1.4 1.4M15.7 4.3l-1.4 1.4M5.7 14.3l-1.4 1.4"/>',
    "trash": '<path d="M3.5 5.5h13M8 5.5v-2h4v2M5 5.5l.8 11.5h8.4L15 5.5M8.3 8.5v5.5M11.7 8.5v5.5"/>',
    "user": '<circle cx="10" cy="7" r="3.5"/><path d="M3.5 17c.8-3.3 3.3-5 6.5-5s5.7 1.7 6.5 5"/>',
    "users": '<circle cx="7.5" cy="7.5" r="2.9"/><path d="M2 16.5c.6-2.9 2.7-4.4 5.5-4.4s4.9 1.5 5.5 4.4'
    'M13 5a2.7 2.7 0 0 1 0 5.2M14.5 12.3c1.9.5 3.1 1.9 3.5 4.2"/>',
}
