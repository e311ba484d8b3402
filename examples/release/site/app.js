document.title = "release";
