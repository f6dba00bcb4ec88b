// Which editions are published side by side, and which pages they lack: written anew when a site is published.
window.EDITIONS = [];
window.ABSENT = {};
