;;; stock.el --- plain Org, which the host scripts are compared with  -*- lexical-binding: t -*-

;; emacs --batch --load stock.el --funcall stock-tangle|stock-run|stock-export FILE…

;;; Code:

(require 'org)
(require 'org-attach)
(require 'org-id)
(require 'ob-tangle)
(require 'ox-html)

(setq org-confirm-babel-evaluate nil
      make-backup-files nil
      org-babel-python-command "python3"
      python-shell-completion-native-enable nil
      org-id-locations-file (make-temp-file "ids-"))
(org-babel-do-load-languages
 'org-babel-load-languages
 '((shell . t) (python . t) (emacs-lisp . t) (sqlite . t) (dot . t) (C . t) (org . t) (calc . t) (awk . t) (sed . t)))

(defun stock-each (work)
  "Call WORK in a buffer for each file of the command line."
  (dolist (file (prog1 command-line-args-left (setq command-line-args-left nil)))
    (with-current-buffer (find-file-noselect file)
      (funcall work))))

(defun stock-tangle ()
  "Tangle."
  (stock-each #'org-babel-tangle))

(defun stock-run ()
  "Run all blocks and save the document."
  (stock-each (lambda () (org-babel-execute-buffer) (save-buffer))))

(defun stock-export ()
  "Export to a page beside the document; as the scripts have it, no block is run and formulas stay as they are."
  (org-id-update-id-locations command-line-args-left)
  (setf (alist-get :eval org-babel-default-header-args) "never-export"
        (alist-get :eval org-babel-default-inline-header-args) "never-export"
        (alist-get :eval org-babel-default-lob-header-args) "never-export"
        org-html-with-latex 'verbatim)
  (stock-each #'org-html-export-to-html))

;;; stock.el ends here
