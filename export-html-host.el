;;; export-html-host.el --- documents to pages  -*- lexical-binding: t -*-

;; A page stands at the place of its document under the site's folder, so that relative links stay as they are.
;; Names of anchors come from headings and from a counter, never from chance: the same text gives the same page.

;;; Code:

(require 'org-documents)
(require 'ox-html)

;; A document says what a page leaves out; by default a block and its result are both there.
(setf (alist-get :exports org-babel-default-header-args) "both")

(defvar documents-site nil
  "The folder that the pages are written to, absolute.")

(defvar documents-pages nil
  "The documents that become pages, relative to the project.")

(defvar documents-repository nil
  "The address, of #+repository in readme.org, of files that have no page; ends in a slash.")

(defun documents-export ()
  "Export the documents into the folder that the command line names."
  (documents-main
   "export-html-host.sh"
   (lambda (arguments)
     (unless (require 'htmlize nil t)
       (documents-fail "htmlize is missing: install the package elpa-htmlize"))
     (setq documents-site (file-name-as-directory (expand-file-name (car arguments)))
           documents-pages (documents-sources)
           documents-repository (documents-keyword-of "readme.org" "REPOSITORY"))
     (unless documents-pages
       (documents-fail "there is no document here: no *.org"))
     (dolist (file documents-pages)
       (documents-in file (documents-export-here (documents-page file)))
       (documents-say "exported %s" file))
     (unless (member "index.org" documents-pages)
       (documents-export-index)))))

(defun documents-sources ()
  "The documents that become pages: those that are tangled, and the chapters in src."
  (append (documents-files "examples")
          (and (file-directory-p "src")
               (mapcar (lambda (name) (concat "src/" name))
                       (directory-files "src" nil "\\`[^.].*\\.org\\'")))))

(defun documents-page (file)
  "The page of the document FILE, relative."
  (concat (file-name-sans-extension file) ".html"))

(defun documents-keyword-of (file keyword)
  "The value of KEYWORD in FILE, or nil where either is missing."
  (and (file-regular-p (expand-file-name file documents-root))
       (documents-in (expand-file-name file documents-root)
         (cadr (assoc keyword (org-collect-keywords (list keyword)))))))

;;;; One page

(defun documents-export-here (page)
  "Export the current buffer to PAGE, relative to the site."
  (documents-name-headings)
  (documents-expand-noweb)
  (let ((org-export-with-broken-links nil)
        (org-export-with-author nil)
        (org-export-with-section-numbers nil)
        (org-export-with-sub-superscripts '{})
        (org-export-with-smart-quotes nil)
        (org-export-with-toc (and (documents-several-headings-p) 2))
        (org-export-headline-levels 4)
        (org-export-time-stamp-file nil)
        (inhibit-message t)
        (org-export-use-babel nil)
        (org-html-doctype "html5")
        (org-html-html5-fancy t)
        (org-html-head-include-default-style nil)
        (org-html-head-include-scripts nil)
        (org-html-htmlize-output-type 'css)
        (org-html-head (format "<link rel=\"stylesheet\" href=\"%sstyle.css\">" (documents-up page)))
        (org-html-preamble (documents-preamble page))
        (org-html-postamble nil)
        (org-src-lang-modes (append '(("yaml" . conf-colon) ("toml" . conf-toml) ("dockerfile" . conf-space)
                                      ("rust" . c) ("go" . c) ("json" . js))
                                    org-src-lang-modes))
        (counter 0))
    (cl-letf (((symbol-function 'org-export-new-reference)
               (lambda (references)
                 (while (rassq (cl-incf counter) references))
                 counter)))
      (documents-write (concat documents-site page)
                       (documents-scrollable (org-export-as 'documents-html))))))

(defun documents-up (page)
  "The way from PAGE to the site's folder."
  (mapconcat (lambda (_) "../") (cdr (split-string page "/")) ""))

(defun documents-preamble (page)
  "The line above PAGE that leads to the index."
  (if (equal page "index.html")
      ""
    (format "<nav><a href=\"%sindex.html\">%s</a> <span>%s</span></nav>"
            (documents-up page) (org-html-encode-plain-text (documents-project)) page)))

(defun documents-project ()
  "The project's name: the title of its readme, or its folder's name."
  (or (documents-keyword-of "readme.org" "TITLE")
      (file-name-nondirectory (directory-file-name documents-root))))

(defun documents-several-headings-p ()
  "Whether the current buffer has enough headings for a table of contents."
  (save-excursion
    (goto-char (point-min))
    (> (how-many "^\\*\\*? ") 2)))

(defun documents-name-headings ()
  "Give each heading of the current buffer that has no anchor one that is made of its text."
  (let (taken)
    (goto-char (point-min))
    (while (re-search-forward org-heading-regexp nil t)
      (let* ((given (org-entry-get nil "CUSTOM_ID"))
             (base (or given (documents-slug (org-get-heading t t t t))))
             (name base)
             (number 1))
        (while (member name taken)
          (setq name (format "%s-%d" base (cl-incf number))))
        (push name taken)
        (unless given
          (org-entry-put nil "CUSTOM_ID" name))
        (end-of-line)))))

(defun documents-slug (heading)
  "HEADING as an anchor: lower case, dashes for all but letters and digits."
  (let ((slug (string-trim (replace-regexp-in-string "[^[:alnum:]]+" "-" (downcase heading)) "-+" "-+")))
    (if (string-empty-p slug) "section" slug)))

(defun documents-expand-noweb ()
  "Do in the current buffer what :noweb and :exports ask for; the blocks themselves are not run."
  (dolist (block (reverse (documents-blocks)))
    (let* ((element (documents-block-element block))
           (exports (documents-block-option block :exports)))
      (goto-char (org-element-property :post-affiliated element))
      (cond
       ((member exports '("none" "results"))
        (documents-delete-block element))
       ((not (member (documents-block-option block :noweb) '(nil "no")))
        (org-babel-update-block-body (org-escape-code-in-string (documents-block-text block)))))
      (when (and (member exports '("none" "code")) (documents-block-name block))
        (documents-delete-result (documents-block-name block))))))

(defun documents-delete-block (element)
  "Delete the block ELEMENT of the current buffer."
  (delete-region (org-element-property :begin element)
                 (save-excursion
                   (goto-char (org-element-property :end element))
                   (skip-chars-backward " \t\n")
                   (forward-line)
                   (point))))

(defun documents-delete-result (name)
  "Delete the recorded result of the block NAME."
  (pcase (documents--result name)
    (`(,start ,_ ,end) (delete-region start end))))

(defun documents-scrollable (html)
  "HTML with its tables in boxes of their own, which scroll where a table is wider than the screen."
  (replace-regexp-in-string
   "</table>" "</table></div>"
   (replace-regexp-in-string "<table[ >]" "<div class=\"table\">\\&" html)))

;;;; Links

(org-export-define-derived-backend 'documents-html 'html
  :translate-alist '((link . documents-html-link)))

(defun documents-html-link (link contents info)
  "LINK with its CONTENTS as HTML; INFO is the export's.
A link to a document leads to its page, one to another file to the repository."
  (if (not (equal (org-element-property :type link) "file"))
      (org-export-with-backend 'html link contents info)
    (let* ((here (plist-get info :input-file))
           (path (org-element-property :path link))
           (file (file-relative-name (expand-file-name path (file-name-directory here)) documents-root))
           (image (and (not contents) (string-match-p "\\.\\(png\\|svg\\|jpe?g\\|gif\\)\\'" path))))
      (cond
       ((member file documents-pages)
        (documents-anchor (concat (documents-page path) (documents-fragment link)) (or contents path)))
       ((and image (file-regular-p file))
        (make-directory (concat documents-site (or (file-name-directory file) "")) t)
        (copy-file file (concat documents-site file) t)
        (format "<img src=\"%s\" alt=\"%s\">" path (file-name-base path)))
       (documents-repository
        (documents-anchor (concat documents-repository file) (or contents (format "<code>%s</code>" path))))
       (t
        (documents-say "%s: the link to %s has no page: exported as text"
                       (file-relative-name here documents-root) path)
        (or contents (format "<code>%s</code>" path)))))))

(defun documents-fragment (link)
  "The fragment for the part of a document that LINK names, or an empty string."
  (let ((option (org-element-property :search-option link)))
    (cond ((null option) "")
          ((string-prefix-p "#" option) option)
          (t (concat "#" (documents-slug option))))))

(defun documents-anchor (address text)
  "The HTML of a link to ADDRESS that shows TEXT."
  (format "<a href=\"%s\">%s</a>" (org-html-encode-plain-text address) text))

;;;; The index

(defun documents-export-index ()
  "Export a page that lists the others."
  (with-temp-buffer
    (insert (format "#+title: %s\n\n" (documents-project)))
    (dolist (file (sort (copy-sequence documents-pages) #'documents-before-p))
      (let ((title (or (documents-keyword-of file "TITLE") file))
            (description (documents-keyword-of file "DESCRIPTION")))
        (insert (format "- [[file:%s][%s]]%s\n" file
                        (replace-regexp-in-string "[][]" "" title)
                        (if description (concat " :: " description) "")))))
    (setq buffer-file-name (expand-file-name "index.org" documents-root)
          default-directory documents-root)
    (delay-mode-hooks (org-mode))
    (documents-export-here "index.html")
    (set-buffer-modified-p nil)
    (setq buffer-file-name nil))
  (documents-say "exported index.html"))

(defun documents-before-p (one other)
  "Whether the document ONE is listed before the OTHER: the readme, the project's own folder, then the others."
  (let ((rank (lambda (file) (cond ((equal file "readme.org") 0) ((file-name-directory file) 2) (t 1)))))
    (or (< (funcall rank one) (funcall rank other))
        (and (= (funcall rank one) (funcall rank other)) (string< one other)))))

(provide 'export-html-host)
;;; export-html-host.el ends here
